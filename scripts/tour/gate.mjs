import assert from 'node:assert/strict';
import { everyLook } from './every-look.mjs';

/**
 * What is stored on this device, the service's own pages, and what the gate did; last of all a service that is forgotten. To be called
 * with a service open that is reachable, and after everything that the rest of the tour needs of it.
 *
 * @param {object} parts
 * @param {(name: string, act: (pages: any, page: any) => Promise<string | void>) => Promise<unknown>} parts.step
 * @param {(name: string, act?: (pages: any, page: any) => Promise<string | void>) => Promise<unknown>} parts.dark
 * @param {() => Promise<unknown>} parts.light
 * @param {{ email: string, password: string }} parts.person
 */
export async function gateSteps({ step, dark, light, person }) {
  await step('open-service', async (pages, page) => {
    await pages.open('Policy');
    await pages.button('Open the service').click();
    await page.getByText('is open in its own window.', { exact: false }).waitFor();
  });
  await step('on-this-device', async (pages, page) => {
    await pages.open('On this device');
    const rows = page.getByRole('table').first().getByRole('row');
    await rows.filter({ hasText: 'By the policy' }).first().waitFor();
    assert.equal(await rows.filter({ hasText: 'By nobody' }).count(), 0);
    return `${(await rows.count()) - 1} things, each declared`;
  });
  await dark('on-this-device-dark');
  await light();
  await step('gate-did', async (pages, page) => {
    await pages.button('What the gate did').click();
    await page.getByRole('row').filter({ hasText: 'Allowed' }).first().waitFor();
  });
  await dark('gate-did-dark');
  await light();
  await everyLook({ step, person });
  await step('forget-service', async (pages, page) => {
    await pages.open('On this device');
    await pages.button('Forget this service on this device').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Forget', exact: true }).click();
    await page.getByText('is forgotten on this device.', { exact: false }).waitFor();
    await pages.banner().waitFor();
    return 'asked again as at the first start';
  });
}
