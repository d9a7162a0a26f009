import assert from 'node:assert/strict';
import { signInElsewhere, statusOfToken } from './other-client.mjs';

/**
 * What a signed-in person finds on Me: the devices, one of which is signed out, and the questions before a password is changed,
 * the account deleted, and this device's data erased. Nothing is done that the rest of the tour needs.
 *
 * @param {object} parts
 * @param {(name: string, act: (pages: any, page: any) => Promise<string | void>) => Promise<unknown>} parts.step
 * @param {(name: string, act?: (pages: any, page: any) => Promise<string | void>) => Promise<unknown>} parts.dark
 * @param {() => Promise<unknown>} parts.light
 * @param {() => string} parts.serverUrl
 * @param {{ email: string, password: string }} parts.person
 */
export async function accountSteps({ step, dark, light, serverUrl, person }) {
  let elsewhere = '';
  await step('me-devices', async (pages, page) => {
    elsewhere = await signInElsewhere(serverUrl(), person, 'Phone');
    await pages.open('Me');
    await page.getByRole('region', { name: 'Signed-in devices' }).getByText('Phone').waitFor();
  });
  await dark('me-devices-dark');
  await light();
  await step('me-devices-below', async (pages) => {
    await pages.button('Delete account').scrollIntoViewIfNeeded();
  });
  await step('me-devices-narrow', async (pages, page) => {
    await page.setViewportSize({ width: 320, height: 720 });
    await page.getByRole('heading', { name: 'Signed-in devices' }).scrollIntoViewIfNeeded();
  });
  await step('end-other-device', async (pages, page) => {
    await page.setViewportSize({ width: 1040, height: 720 });
    await page.getByRole('button', { name: 'End session', exact: true }).first().click();
    await page.getByText('The session of Phone is ended.').waitFor();
    assert.equal(await statusOfToken(serverUrl(), elsewhere), 401);
    return 'its token answers 401';
  });
  const questions = [
    ['change-password', 'Change password', 'Change password'],
    ['delete-account', 'Delete account', 'Delete this account?'],
    ['sign-out-and-erase', 'Sign out and erase', "Erase this device's data?"],
  ];
  for (const [name, press, title] of questions) {
    await step(name, async (pages, page) => {
      await pages.button(press).click();
      await page.getByRole('dialog', { name: title }).waitFor();
    });
    await dark(`${name}-dark`);
    await light();
    await step(`${name}-closed`, async (pages, page) => {
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    });
  }
}
