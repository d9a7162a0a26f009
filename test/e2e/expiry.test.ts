import { describe, expect } from 'vitest';
import { moveClock, wakeFromSleep } from '../support/app-clock.js';
import { shortenInMain } from '../support/app-timers.js';
import { test } from '../support/stage.js';

/** The app looks every 30 seconds whether something has run out. */
const LOOK = { ofMs: 30_000, toMs: 1000 };
const ONE_LOOK = { timeout: 60_000, interval: 100 };

describe('a yes ends after a year', () => {
  test('while the app runs with nobody pressing anything, and a clock turned back brings nothing back', async ({
    stage,
  }) => {
    const app = await stage.offlineApp();
    await app.pages.button('Accept all cookies').click();
    await app.pages.status('Saved on this device');
    await app.pages.open('Privacy');
    await shortenInMain(app, LOOK);
    await moveClock(app, 364);
    await wakeFromSleep(app);
    expect(await app.pages.toggle('Analytics').isChecked()).toBe(true);

    await moveClock(app, 366);
    await expect.poll(() => app.pages.toggle('Analytics').isChecked(), ONE_LOOK).toBe(false);
    await app.pages.banner().waitFor();

    await moveClock(app, 0);
    await wakeFromSleep(app);
    await app.page.getByText("This device's clock is behind", { exact: false }).waitFor();
    expect(await app.pages.toggle('Analytics').isChecked()).toBe(false);
    await app.close();

    const again = await stage.offlineApp();
    await again.pages.open('Privacy');
    expect(Object.values(await again.pages.switches())).toEqual([false, false, false]);
    await again.page.getByText("This device's clock is behind", { exact: false }).waitFor();
  });

  test('at once when the machine wakes up', async ({ stage }) => {
    const app = await stage.offlineApp();
    await app.pages.button('Accept all cookies').click();
    await app.pages.status('Saved on this device');
    await app.pages.open('Privacy');
    await moveClock(app, 366);
    await wakeFromSleep(app);
    await expect
      .poll(() => app.pages.toggle('Functional').isChecked(), { timeout: 10_000 })
      .toBe(false);
    // A new yes counts from now on.
    await app.pages.toggle('Functional').click();
    await app.pages.status('Saved on this device');
    expect(await app.pages.toggle('Functional').isChecked()).toBe(true);
  });
});
