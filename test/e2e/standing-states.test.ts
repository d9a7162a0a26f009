import { describe, expect } from 'vitest';
import type { ServiceView } from '../../src-shared/views.js';
import { test, type RunningApp } from '../support/stage.js';

/** What the main process last said of Integro. */
async function viewOf({ page }: RunningApp): Promise<ServiceView> {
  const view = await page.evaluate(async () => {
    const { sayso } = globalThis as unknown as Pick<Window, 'sayso'>;
    const answer = await sayso.call('app.snapshot', {});
    return answer.ok ? answer.value.services.find(({ id }) => id === 'integro') : undefined;
  });
  if (!view) throw new Error('no view of Integro');
  return view;
}

/**
 * Shows the window a state of Integro the way the main process does, as an event. Not before the ledger was looked at: what the
 * main process says of that itself would take the shown state away.
 */
async function show(app: RunningApp, part: Partial<ServiceView>): Promise<void> {
  await expect.poll(async () => (await viewOf(app)).ledger.state).not.toBe('checking');
  const view = { ...(await viewOf(app)), ...part };
  await app.electron.evaluate(({ BrowserWindow }, shown) => {
    for (const window of BrowserWindow.getAllWindows()) {
      window.webContents.send('sayso:service.changed', shown);
    }
  }, view);
}

describe('a yes that a refusal on another device had not seen', () => {
  test.for([
    ['Keep off', false],
    ['Turn on', true],
  ] as const)(
    'is settled by "%s", and the focus stays there',
    async ([answer, isOn], { stage }) => {
      const app = await stage.offlineApp();
      const { page, pages } = app;
      await pages.button('Accept necessary only').click();
      await pages.open('Privacy');
      const { purposes } = await viewOf(app);
      const overruled = { saidHere: false, overruledGrantAt: '2026-11-17T12:00:00.000Z' };
      await show(app, {
        purposes: purposes.map((purpose) =>
          purpose.id === 'analytics' ? { ...purpose, ...overruled } : purpose,
        ),
      });
      const question = page.getByRole('group', {
        name: /^Refused on another device on .*Analytics/,
      });
      const buttons = ['Keep off', 'Turn on'].map((name) => question.getByRole('button', { name }));
      const [off, on] = await Promise.all(buttons.map((button) => button.boundingBox()));
      expect(off?.width).toBeCloseTo(on?.width ?? 0, 0);
      expect(off?.height).toBeCloseTo(on?.height ?? 0, 0);

      await question.getByRole('button', { name: answer }).click();
      await question.waitFor({ state: 'detached' });
      await page.getByRole('switch', { name: 'Analytics', checked: isOn }).waitFor();
      expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe(
        'switch',
      );
      // It was kept, and not only shown.
      await expect
        .poll(async () => (await viewOf(app)).purposes.find(({ id }) => id === 'analytics')?.state)
        .toBe(isOn ? 'granted' : 'denied');
    },
  );
});

test('an odd clock is told while it is odd, beside the one status line', async ({ stage }) => {
  const app = await stage.offlineApp();
  const { page } = app;
  for (const clock of ['behind', 'ahead'] as const) {
    await show(app, { clock });
    await page.getByText(`This device's clock is ${clock}`).waitFor();
  }
  expect(await page.getByRole('status').count()).toBe(1);
  await show(app, { clock: 'fine' });
  await page.getByText("This device's clock is").waitFor({ state: 'detached' });
});

test('a ledger that no keychain could confirm is one quiet sentence under Privacy', async ({
  stage,
}) => {
  const app = await stage.offlineApp();
  await app.pages.open('Privacy');
  await show(app, { ledger: { state: 'unanchored', reason: null } });
  await app.page.getByText('could confirm that it is the newest one').waitFor();
  expect(await app.page.getByRole('alert').count()).toBe(0);
  await show(app, { ledger: { state: 'checking', reason: null } });
  await app.page
    .getByText('could confirm that it is the newest one')
    .waitFor({ state: 'detached' });
});

test('a suspect ledger is an alert, and the service is begun anew by one press', async ({
  stage,
}) => {
  const app = await stage.offlineApp();
  const { page, pages } = app;
  await pages.banner().waitFor();
  await show(app, { ledger: { state: 'suspect', reason: 'older' }, bannerShows: false });
  const alert = page.getByRole('alert').filter({ hasText: 'is older than the one Sayso wrote' });
  await alert.waitFor();
  await pages.banner().waitFor({ state: 'detached' });
  await pages.button('Start over with this service').click();
  await alert.waitFor({ state: 'detached' });
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
  await pages.banner().waitFor();
});
