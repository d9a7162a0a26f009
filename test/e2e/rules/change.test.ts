import { describe, expect } from 'vitest';
import { allowedAccount } from '../../support/allowed-account.js';
import { moveClock, wakeFromSleep } from '../../support/app-clock.js';
import { CHANGE_WORDS, changedServices, WORDING_WORDS } from '../../support/changed-services.js';
import { test, type RunningApp, type Stage } from '../../support/stage.js';

const inDays = (days: number): string =>
  new Date(Date.now() + days * 24 * 60 * 60 * 1000).toISOString().replace(/\.\d+/, '');

/** Everything allowed, then the service publishes its next version while the app is closed. */
async function withNextVersion(
  stage: Stage,
  effectiveAt: string,
  kind: 'material' | 'editorial',
): Promise<RunningApp> {
  await allowedAccount(stage, ({ pages }) => pages.button('Accept all cookies').click());
  const again = await stage.server({ servicesFolder: changedServices(stage, effectiveAt, kind) });
  const app = await stage.app({ serverUrl: again.url });
  await app.pages.open('Privacy');
  return app;
}

describe('rule 18: a policy that changes', () => {
  test('materially is announced before, with the difference in plain words; from its day on what it touches is undecided', async ({
    stage,
  }) => {
    const app = await withNextVersion(stage, inDays(30), 'material');
    const { page, pages } = app;
    await page.getByText("Integro's policy changes on").waitFor();
    await page.getByText(CHANGE_WORDS).first().waitFor();
    await page.getByText('Asked about again from that day: Analytics.', { exact: false }).waitFor();
    expect(await pages.banner().count()).toBe(0);
    await pages.button('Read what changes').click();
    await page.locator('ins', { hasText: 'Counting House' }).first().waitFor();
    expect(await pages.toggle('Analytics').isChecked()).toBe(true);

    await moveClock(app, 31);
    await wakeFromSleep(app);
    await page.getByText("Integro's policy changed on").waitFor();
    await page.getByRole('switch', { name: 'Analytics', checked: false }).waitFor();
    await page.getByText('Off until you decide again', { exact: true }).waitFor();
    expect(await pages.switches()).toEqual({
      Functional: true,
      Analytics: false,
      Advertising: true,
    });
    await pages.banner().waitFor();
  });

  test('in its words alone asks nothing and closes nothing', async ({ stage }) => {
    const { page, pages } = await withNextVersion(stage, '2026-06-01T00:00:00Z', 'editorial');
    await pages.open('Policy');
    await page.getByText(WORDING_WORDS).first().waitFor();
    expect(await pages.banner().count()).toBe(0);
    expect(await page.getByText("Integro's policy chang").count()).toBe(0);
    await pages.open('Privacy');
    expect(await pages.switches()).toEqual({
      Functional: true,
      Analytics: true,
      Advertising: true,
    });
  });
});
