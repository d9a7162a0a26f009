import { describe, expect } from 'vitest';
import { allowBoth, allowedAccount } from '../support/allowed-account.js';
import { CHANGE_WORDS as WORDS, changedServices } from '../support/changed-services.js';
import { test, type Stage } from '../support/stage.js';

/** Signed in with everything allowed, then offline until the service has published its next version. */
async function allowedBefore(stage: Stage, effectiveAt: string) {
  await allowedAccount(stage, allowBoth);
  const again = await stage.server({ servicesFolder: changedServices(stage, effectiveAt) });
  const app = await stage.app({ serverUrl: again.url });
  await app.pages.open('Privacy');
  return app;
}

describe('a material change of a policy', () => {
  test('is announced before it takes effect, word by word, and closes nothing yet', async ({
    stage,
  }) => {
    const { page, pages } = await allowedBefore(stage, '2099-01-01T00:00:00Z');
    await page.getByText("Integro's policy changes on").waitFor();
    await page.getByText(WORDS).first().waitFor();
    expect(await pages.switches()).toMatchObject({ Analytics: true, Functional: true });
    await pages.button('Read what changes').click();
    await page.locator('ins', { hasText: 'Counting House' }).first().waitFor();
  });

  test('asks again about what it touches and about nothing else', async ({ stage }) => {
    const { page, pages } = await allowedBefore(stage, '2026-06-01T00:00:00Z');
    await page.getByText("Integro's policy changed on").waitFor();
    await expect.poll(() => pages.toggle('Analytics').isChecked()).toBe(false);
    expect(await pages.toggle('Functional').isChecked()).toBe(true);
    await pages.banner().waitFor();
    await pages.toggle('Analytics').click();
    await pages.status('Synced');
    expect(await pages.toggle('Analytics').isChecked()).toBe(true);
    await page.getByText("Integro's policy changed on").waitFor({ state: 'detached' });
  });
});
