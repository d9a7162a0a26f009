import { describe, expect } from 'vitest';
import { countPresses } from '../../support/presses.js';
import { test } from '../../support/stage.js';

const OFF = { Functional: false, Analytics: false, Advertising: false };
const ON = { Functional: true, Analytics: true, Advertising: true };

describe('choosing and taking back', () => {
  test('rule 4 and 14: refusing takes no more steps than accepting, withdrawing no more than granting, offline', async ({
    stage,
  }) => {
    const { page, pages } = await stage.offlineApp();
    await pages.banner().waitFor();
    const granting = countPresses(page);
    await granting.press('button', 'Accept all cookies');
    await pages.status('Saved on this device');
    await pages.open('Privacy');
    expect(await pages.switches()).toEqual(ON);
    const withdrawing = countPresses(page);
    await withdrawing.press('button', 'Withdraw everything');
    await expect.poll(() => pages.switches()).toEqual(OFF);
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(withdrawing.count()).toBeLessThanOrEqual(granting.count());
    const one = countPresses(page);
    await one.press('switch', 'Analytics');
    await expect.poll(() => pages.switches()).toEqual({ ...OFF, Analytics: true });
    const back = countPresses(page);
    await back.press('switch', 'Analytics');
    await expect.poll(() => pages.switches()).toEqual(OFF);
    expect(back.count()).toBe(one.count());
  });

  test('a switch looks as it stands, however fast it is pressed', async ({ stage }) => {
    const { page, pages } = await stage.offlineApp();
    await pages.button('Accept necessary only').click();
    await pages.open('Privacy');
    const analytics = page.getByRole('switch', { name: 'Analytics' });
    /** Where its knob stands, once it has come to rest there. */
    const knob = (): Promise<string> =>
      analytics.evaluate((drawn) => getComputedStyle(drawn, '::after').translate);
    expect(await knob()).toBe('none');
    await analytics.click();
    await expect.poll(knob).toBe('18px');
    await analytics.click();
    await expect.poll(knob).toBe('none');
    // Three presses without a pause between them.
    await analytics.evaluate((pressed: HTMLElement) => {
      for (let press = 0; press < 3; press += 1) pressed.click();
    });
    await expect.poll(knob).toBe('18px');
    await pages.status('Saved on this device');
    expect(await pages.switches()).toEqual({ ...OFF, Analytics: true });
    expect(await knob()).toBe('18px');
  });

  test('rule 5 and 6: one switch for each purpose; what is always on is text with its reason', async ({
    stage,
  }) => {
    const { page, pages } = await stage.offlineApp();
    await pages.button('Accept necessary only').click();
    await pages.open('Privacy');
    expect(Object.keys(await pages.switches())).toEqual(Object.keys(OFF));
    const always = page.getByRole('region', { name: 'Always on' });
    expect(await always.getByRole('switch').count()).toBe(0);
    expect(await always.locator('input, button').count()).toBe(0);
    expect(await always.innerText()).toContain('You cannot sign in safely without it');
    for (const name of ['Policy', 'History', 'Me'] as const) {
      await pages.open(name);
      expect(await page.getByRole('alert').count()).toBe(0);
    }
    await pages.openService('Certiron');
    await pages.button('Got it').click();
    await pages.open('History');
    await page.getByText('You acknowledged the notice').waitFor();
  });

  test("a newcomer's first three tasks take at most two, two and three steps", async ({
    stage,
  }) => {
    const { page, pages } = await stage.offlineApp();
    await pages.banner().waitFor();
    const refusing = countPresses(page);
    await refusing.press('button', 'Accept necessary only');
    await pages.status('Saved on this device');
    expect(refusing.count()).toBeLessThanOrEqual(2);

    const finding = countPresses(page);
    await finding.press('button', 'Privacy');
    await page.locator('[data-purpose=analytics] summary').click();
    const facts = await page.locator('[data-purpose=analytics] details').innerText();
    expect(finding.count() + 1).toBeLessThanOrEqual(2);
    for (const said of ['Goes to', 'Kept']) expect(facts).toContain(said);

    const proving = countPresses(page);
    await proving.press('button', 'History');
    await proving.open(/^Details$/);
    await proving.press('button', 'Show the text you read');
    await page.getByRole('dialog', { name: 'The text you read' }).waitFor();
    await page.getByText('Fingerprint:').first().waitFor();
    expect(proving.count()).toBeLessThanOrEqual(3);
  });
});
