import { AxeBuilder } from '@axe-core/playwright';
import { describe, expect } from 'vitest';
import { newPerson, test, type RunningApp, type Stage } from '../../support/stage.js';

const OFF = { Functional: false, Analytics: false, Advertising: false };

const note = ({ page }: RunningApp) =>
  page.getByRole('region', { name: 'Your account on this device' });

/** An account that has allowed analytics on another device. */
async function allowedElsewhere(stage: Stage, serverUrl: string) {
  const person = newPerson();
  const there = await stage.app({ serverUrl, profileFolder: stage.folder('elsewhere') });
  await there.pages.createAccount(person);
  await there.pages.open('Privacy');
  await there.pages.toggle('Analytics').click();
  await there.pages.status('Synced');
  await there.close();
  return person;
}

describe('rule 15: what a choice holds for', () => {
  test('the first layer says it: this device, or every device of the account; withdrawing says the same', async ({
    stage,
  }) => {
    const server = await stage.server();
    const { page, pages } = await stage.app({ serverUrl: server.url });
    await pages.banner().getByText('Your answer holds on this device.').waitFor();
    await pages.open('Privacy');
    await page.getByText('What you choose here holds on this device').waitFor();
    await page.getByText('Turns off everything optional on this device, at once.').waitFor();
    await pages.createAccount(newPerson());
    await pages.open('Privacy');
    await pages.banner().getByText('holds on every device signed in to this account').waitFor();
    await page.getByText('What you choose here holds on every device signed in').waitFor();
    await page
      .getByText('at once, and on every device signed in to this account.', { exact: false })
      .waitFor();
  });

  test('a new device is told once that the account’s choices apply, what they contradict and how it was settled; signing out returns it to its own', async ({
    stage,
  }) => {
    const server = await stage.server();
    const person = await allowedElsewhere(stage, server.url);
    const app = await stage.app({ serverUrl: server.url });
    const { page, pages } = app;
    await pages.button('Accept necessary only').click();
    await pages.signIn({ ...person, remember: true });
    await note(app)
      .getByText('The choices of this account apply here now', { exact: false })
      .waitFor();
    await note(app).getByText('says the opposite about: Analytics.', { exact: false }).waitFor();
    await note(app).getByText('stays off here', { exact: false }).waitFor();
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    await pages.open('Privacy');
    expect(await pages.switches()).toEqual(OFF);

    await pages.button('Keep them on this device only').click();
    await note(app).getByText('The account’s choices hold now', { exact: false }).waitFor();
    await page.getByRole('switch', { name: 'Analytics', checked: true }).waitFor();
    await pages.button('Close this note').click();
    await note(app).waitFor({ state: 'detached' });
    await app.close();

    const again = await stage.app({ serverUrl: server.url });
    await again.pages.open('Privacy');
    await again.page.getByRole('switch', { name: 'Analytics', checked: true }).waitFor();
    expect(await note(again).count()).toBe(0);
    await again.pages.signOut();
    await again.pages.button('Sign in').waitFor();
    await again.pages.open('Privacy');
    expect(await again.pages.switches()).toEqual(OFF);
    await again.page.getByText('Off. You refused on').first().waitFor();
  });

  test('a device with nothing of its own is told so, and what was refused there is the account’s refusal', async ({
    stage,
  }) => {
    const server = await stage.server();
    const person = await allowedElsewhere(stage, server.url);
    const app = await stage.app({ serverUrl: server.url });
    await app.pages.signIn(person);
    await note(app).getByText('This device had no choices of its own.').waitFor();
    expect(await app.page.getByRole('region', { name: "This device's choices" }).count()).toBe(0);
  });
});
