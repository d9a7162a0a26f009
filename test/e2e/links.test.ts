import { describe, expect } from 'vitest';
import { PAGE_NAMES } from '../../src-shared/pages.js';
import { test, type RunningApp, type Stage } from '../support/stage.js';

/** Hands a link over as the system does: by a second start, which ends at once. */
async function handOver(stage: Stage, link: string): Promise<void> {
  const second = stage.plainApp({ args: [link] });
  expect(await second.ended()).toBe(0);
}

const HEADINGS = {
  policy: /Katror/,
  privacy: 'Privacy',
  history: 'History',
  device: 'On this device',
  gate: 'What the gate did',
  me: 'Me',
};
const REFUSED = 'A link wanted to open something that Sayso does not know.';

async function isAt({ page }: RunningApp, place: string): Promise<void> {
  await expect.poll(() => page.evaluate('location.hash'), { timeout: 20_000 }).toBe(`#${place}`);
}

describe('a link from another program', () => {
  test('opens any page of a known service in the window that is there', async ({ stage }) => {
    const app = await stage.offlineApp();
    for (const page of PAGE_NAMES) {
      await handOver(stage, `sayso://open/katror/${page}`);
      await isAt(app, `katror/${page}`);
      await app.page
        .getByRole('heading', { level: 1 })
        .filter({ hasText: HEADINGS[page] })
        .waitFor();
    }
    expect(await app.page.getByText(REFUSED).count()).toBe(0);
    expect(
      await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length),
    ).toBe(1);
  });

  test('at the very start opens its page', async ({ stage }) => {
    const app = await stage.app({
      serverUrl: 'http://127.0.0.1:9',
      args: ['sayso://open/certiron/privacy'],
    });
    await isAt(app, 'certiron/privacy');
  });

  test('to what the gate did shows what it did, and the way back', async ({ stage }) => {
    const app = await stage.offlineApp();
    await app.pages.button('Accept all cookies').click();
    await handOver(stage, 'sayso://open/integro/gate');
    await isAt(app, 'integro/gate');
    for (const name of ['Tools', 'Attempts'])
      await app.page.getByRole('region', { name, exact: true }).waitFor();
    await app.pages.button('Back to "On this device"').click();
    await isAt(app, 'integro/device');
  });

  test.for([
    'sayso://open/nowhere/me',
    'sayso://open/integro/me?token=abc',
    'sayso://open/../../etc/me',
    'sayso://decide/integro/accept-all',
    'SAYSO:open',
  ])(
    'that is none, %s, opens and decides nothing, and the person is told',
    async (link, { stage }) => {
      const app = await stage.offlineApp();
      await isAt(app, 'integro/policy');
      await handOver(stage, link);
      await app.page.getByText(REFUSED).waitFor();
      await isAt(app, 'integro/policy');
      await app.pages.banner().waitFor();
      const notice = app.page.locator('.notice', { hasText: REFUSED });
      await notice.getByRole('button', { name: 'Close' }).click();
      await expect.poll(() => app.page.getByText(REFUSED).count()).toBe(0);
      await app.pages.open('Privacy');
      expect(Object.values(await app.pages.switches())).toEqual([false, false, false]);
    },
  );

  test('is not claimed from the system by a copy that is not installed', async ({ stage }) => {
    const app = await stage.offlineApp();
    const isOurs = await app.electron.evaluate(
      ({ app }) => app.isPackaged || app.isDefaultProtocolClient('sayso'),
    );
    expect(isOurs).toBe(false);
  });
});
