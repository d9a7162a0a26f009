import { describe, expect } from 'vitest';
import { allowBoth, allowedAccount } from '../../support/allowed-account.js';
import { moveClock, wakeFromSleep } from '../../support/app-clock.js';
import { CHANGE_WORDS, changedServices } from '../../support/changed-services.js';
import { test, type RunningApp } from '../../support/stage.js';

const OFF = { Functional: false, Analytics: false, Advertising: false };

/** Whether anything asks: the banner, a dialog, or an alert. */
async function asks({ page, pages }: RunningApp): Promise<number> {
  const found = [pages.banner(), page.getByRole('dialog'), page.getByRole('alert')];
  const counts = await Promise.all(found.map((one) => one.count()));
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Goes everywhere a person goes, and counts what asks on the way. */
async function asksAnywhere(app: RunningApp): Promise<number> {
  let found = 0;
  for (const name of ['Policy', 'Privacy', 'History', 'On this device', 'Me'] as const) {
    await app.pages.open(name);
    found += await asks(app);
  }
  return found;
}

describe('rule 11: after a refusal', () => {
  test('nothing asks in that run, at the next starts and for twelve months; then once, and the refusal holds', async ({
    stage,
  }) => {
    const app = await stage.offlineApp();
    await app.pages.button('Accept necessary only').click();
    await app.pages.banner().waitFor({ state: 'detached' });
    expect(await asksAnywhere(app)).toBe(0);
    await app.close();

    const again = await stage.offlineApp();
    await again.page.getByRole('heading', { name: 'How long they last' }).waitFor();
    expect(await asksAnywhere(again)).toBe(0);
    await again.pages.open('Privacy');
    await moveClock(again, 364);
    await wakeFromSleep(again);
    expect(await asks(again)).toBe(0);
    await moveClock(again, 366);
    await wakeFromSleep(again);
    await again.pages.banner().waitFor();
    expect(await again.pages.switches()).toEqual(OFF);
    await again.page.keyboard.press('Escape');
    await again.pages.banner().waitFor({ state: 'detached' });
    await again.page.getByText('Off. You refused on').first().waitFor();
  });

  test('a material change that comes in is told without a question, also where it touches what was allowed', async ({
    stage,
  }) => {
    const serverUrl = await allowedAccount(stage, allowBoth);

    const app = await stage.app({ serverUrl });
    await app.pages.open('Privacy');
    await app.page.getByRole('switch', { name: 'Analytics', checked: true }).waitFor();
    await app.pages.toggle('Functional').click();
    await app.pages.status('Waiting to sync (1)');
    await stage.server({ servicesFolder: changedServices(stage, '2026-06-01T00:00:00Z') });
    await app.page.getByText(CHANGE_WORDS).first().waitFor();
    await expect.poll(() => app.pages.toggle('Analytics').isChecked()).toBe(false);
    await app.pages.status('Synced');
    expect(await app.pages.banner().count()).toBe(0);
    expect(await app.page.getByRole('dialog').count()).toBe(0);
  });
});
