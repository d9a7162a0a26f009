import type { Locator } from 'playwright';
import { describe, expect } from 'vitest';
import type { ServiceView, SyncDetailView, SyncItem } from '../../src-shared/views.js';
import { findFaults } from '../support/looks/find.js';
import { undress, wear } from '../support/looks/wear.js';
import { startRefuser } from '../support/refuser.js';
import { newPerson, test, type RunningApp } from '../support/stage.js';

/** Opens the detail from the status line. */
async function openSync({ page }: RunningApp): Promise<Locator> {
  await page.getByRole('button', { name: 'Sync details' }).click();
  const dialog = page.getByRole('dialog', { name: 'Sync', exact: true });
  await dialog.waitFor();
  return dialog;
}

/** What is wrong with the window as it stands, in light and dark, wide and narrow. */
async function troublesOf({ page }: RunningApp): Promise<string[]> {
  const found: string[] = [];
  for (const theme of ['light', 'dark'] as const) {
    await wear(page, { theme, textPercent: 100, widthPx: theme === 'light' ? 320 : 1040 });
    found.push(...(await findFaults(page)));
  }
  await undress(page);
  return found;
}

/** The detail as the main process tells it from now on; and the window is told that it is another one. */
async function tell(app: RunningApp, detail: Partial<SyncDetailView>): Promise<void> {
  await app.electron.evaluate(
    async ({ ipcMain, BrowserWindow }, part) => {
      const told = globalThis as unknown as { detail?: object };
      if (told.detail === undefined) {
        ipcMain.removeHandler('sayso:sync.detail');
        ipcMain.handle('sayso:sync.detail', () => ({
          ok: true,
          value: { ok: true, value: told.detail },
        }));
      }
      told.detail = part;
      for (const window of BrowserWindow.getAllWindows()) {
        window.webContents.send('sayso:sync.changed', { service: 'integro' });
      }
      return Promise.resolve();
    },
    {
      service: 'integro',
      sync: { state: 'waiting', waiting: 0, problem: 'none' },
      address: 'https://integro.example/api',
      live: false,
      lastReachedAt: null,
      nextTryAt: null,
      tries: [],
      items: [],
      counts: { waiting: 0, refused: 0 },
      parting: 0,
      ...detail,
    } satisfies SyncDetailView,
  );
}

/** What the main process says of Integro. */
function viewOf({ page }: RunningApp): Promise<ServiceView | undefined> {
  return page.evaluate(async () => {
    const { sayso } = globalThis as unknown as Pick<Window, 'sayso'>;
    const answer = await sayso.call('app.snapshot', {});
    return answer.ok ? answer.value.services.find(({ id }) => id === 'integro') : undefined;
  });
}

/** Shows the window a state of Integro the way the main process does, as an event. */
async function show(app: RunningApp, part: Partial<ServiceView>): Promise<void> {
  // The end of the check after the start is news of its own and would take this away again.
  await expect
    .poll(async () => (await viewOf(app))?.ledger.state, { timeout: 30_000 })
    .not.toBe('checking');
  const view = await viewOf(app);
  await app.electron.evaluate(
    ({ BrowserWindow }, shown) => {
      for (const window of BrowserWindow.getAllWindows()) {
        window.webContents.send('sayso:service.changed', shown);
      }
    },
    { ...view, ...part },
  );
}

function item(number: number, part: Partial<SyncItem> = {}): SyncItem {
  return {
    id: `item-${number}`,
    at: '2026-11-20T10:00:00.000Z',
    state: 'waiting',
    choices: { analytics: 'granted' },
    refusal: null,
    needsSignIn: false,
    ...part,
  };
}

describe('what waits', () => {
  test('is listed while the service is away, followed live, and gone when it has arrived', async ({
    stage,
  }) => {
    const server = await stage.server();
    const app = await stage.app({ serverUrl: server.url });
    const { page, pages } = app;
    await pages.createAccount(newPerson());
    await pages.status('Synced');
    await server.stop();
    await pages.open('Privacy');
    await pages.toggle('Analytics').click();
    await pages.status('Waiting to sync (1)');

    const dialog = await openSync(app);
    await dialog.getByText('The service cannot be reached').waitFor();
    await dialog.getByRole('heading', { name: 'Waiting (1)' }).waitFor();
    const items = dialog.getByRole('listitem').filter({ hasText: 'You allowed Analytics' });
    expect(await items.count()).toBe(1);
    expect(await items.first().getAttribute('data-state')).toMatch(/^(waiting|sending)$/);
    await dialog.getByText(`${server.url}/integro`, { exact: true }).waitFor();

    // A try that the person asks for says how it ended.
    await dialog.getByRole('button', { name: 'Try now' }).click();
    await dialog.getByText('Not reached', { exact: true }).first().waitFor();
    await dialog.getByText('Recent tries').click();
    await dialog.getByRole('listitem').filter({ hasText: 'Not reached' }).first().waitFor();

    // Said meanwhile elsewhere in the app, it is there without opening the detail again.
    await page.evaluate(async () => {
      const { sayso } = globalThis as unknown as Pick<Window, 'sayso'>;
      const snapshot = await sayso.call('app.snapshot', {});
      const revision = snapshot.ok
        ? snapshot.value.services.find(({ id }) => id === 'integro')?.revision
        : undefined;
      await sayso.call('consent.decide', {
        service: 'integro',
        revision: revision ?? 0,
        action: 'withdraw',
        surface: 'settings',
        choices: {},
      });
    });
    await dialog.getByText('You refused everything').waitFor();
    await dialog.getByRole('heading', { name: 'Waiting (2)' }).waitFor();

    await stage.server();
    await dialog.getByText('Everything you said here has reached Integro.').waitFor();
    expect(await dialog.getByRole('heading', { name: /^Waiting/ }).count()).toBe(0);
    await pages.status('Synced');
  });

  test('can be looked at by keyboard alone, and the focus returns', async ({ stage }) => {
    const app = await stage.offlineApp();
    const { page } = app;
    const opener = page.getByRole('button', { name: 'Sync details' });
    await opener.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Sync', exact: true });
    await dialog.getByText('You are signed out').waitFor();
    expect(await dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
    // Signed out with nothing left to send there is nothing to try.
    expect(await dialog.getByRole('button', { name: 'Try now' }).count()).toBe(0);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await opener.evaluate((element) => element === document.activeElement)).toBe(true);
    // Esc closed the detail and answered nothing else: the question still stands.
    expect(await app.pages.banner().count()).toBe(1);
    // The line itself is as it was: one status, with its state and its number, and the phrase alone.
    expect(await page.getByRole('status').count()).toBe(1);
    expect(await app.pages.statusNow()).toMatchObject({ state: 'local', waiting: 0 });
  });

  test('shows the first hundred of many, with how many more there are', async ({ stage }) => {
    const app = await stage.offlineApp();
    await show(app, { subject: { kind: 'unlocking' } });
    await tell(app, {
      items: Array.from({ length: 100 }, (_, number) => item(number)),
      counts: { waiting: 10_000, refused: 0 },
    });
    const dialog = await openSync(app);
    await dialog.getByRole('heading', { name: 'Waiting (10,000)' }).waitFor();
    expect(await dialog.locator('[data-item]').count()).toBe(100);
    await dialog.getByText('and 9,900 more').waitFor();
    // The list keeps its place while it changes.
    const last = dialog.locator('[data-item]').last();
    await last.scrollIntoViewIfNeeded();
    const before = await last.boundingBox();
    await tell(app, {
      items: Array.from({ length: 100 }, (_, number) =>
        item(number, { state: number < 50 ? 'sending' : 'waiting' }),
      ),
      counts: { waiting: 10_001, refused: 0 },
    });
    await dialog.getByText('and 9,901 more').waitFor();
    expect(await last.boundingBox()).toEqual(before);
  });
});

describe('what the service refused', () => {
  test('is told with its reason where the person would look, and settled by choosing again', async ({
    stage,
  }) => {
    const server = await stage.server();
    const refuser = await startRefuser(server.url, {
      type: 'policy-unknown',
      detail: 'no such text here',
    });
    stage.onEnd(() => refuser.stop());
    const app = await stage.app({ serverUrl: refuser.url });
    const { page, pages } = app;
    await pages.createAccount(newPerson());
    await pages.status('Synced');
    await pages.open('Privacy');
    await pages.toggle('Analytics').click();
    await pages.status('The service refused a choice');
    expect(await pages.toggle('Analytics').isChecked()).toBe(false);

    const onPage = page.locator('main').getByRole('region', { name: 'Not taken by Integro (1)' });
    await onPage.getByText('Integro does not know the text you read.', { exact: false }).waitFor();
    await onPage.getByText('it is off until you choose again', { exact: false }).waitFor();
    await onPage.getByText('In its own words: "no such text here"').waitFor();

    await pages.open('Policy');
    await pages.button('Show which').click();
    const dialog = page.getByRole('dialog', { name: 'Sync', exact: true });
    await dialog.getByText('Not taken by Integro (1)').waitFor();
    await dialog.getByRole('button', { name: 'Choose again' }).click();
    await dialog.waitFor({ state: 'detached' });
    await expect
      .poll(() => pages.toggle('Analytics').evaluate((input) => input === document.activeElement))
      .toBe(true);

    refuser.relent();
    await page.keyboard.press('Space');
    await pages.status('Synced');
    expect(await pages.toggle('Analytics').isChecked()).toBe(true);
    await onPage.waitFor({ state: 'detached' });
  });

  test('says of a refusal that it goes on holding here, and offers nothing to press', async ({
    stage,
  }) => {
    const app = await stage.offlineApp();
    await show(app, {
      subject: { kind: 'unlocking' },
      sync: { state: 'error', waiting: 0, problem: 'refused' },
    });
    await tell(app, {
      items: [
        item(1, {
          state: 'refused',
          choices: { '*': 'denied' },
          refusal: { type: 'decision-unproven', detail: null },
        }),
      ],
      counts: { waiting: 0, refused: 1 },
    });
    const dialog = await openSync(app);
    await dialog.getByText('Your refusal goes on holding on this device.').waitFor();
    expect(await dialog.getByRole('button', { name: 'Choose again' }).count()).toBe(0);
  });
});

test('an ended session says that refusals go out and permissions wait, one press from the sign-in', async ({
  stage,
}) => {
  const app = await stage.offlineApp();
  const { page, pages } = app;
  const ended = {
    subject: { kind: 'expired' },
    sync: { state: 'waiting', waiting: 2, problem: 'session-expired' },
  } as const;
  await show(app, ended);
  await tell(app, {
    sync: ended.sync,
    items: [item(1, { choices: { '*': 'denied' } }), item(2, { needsSignIn: true })],
    counts: { waiting: 2, refused: 0 },
    parting: 1,
  });
  const dialog = await openSync(app);
  await dialog.getByText('Refusals still go out; what you allowed waits.').waitFor();
  await dialog.getByText('Waits for your sign-in').waitFor();
  await dialog.getByText('1 refusal from before you signed out still goes out').waitFor();
  expect(await troublesOf(app)).toEqual([]);
  await dialog.getByRole('button', { name: 'Sign in again' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('heading', { level: 1, name: 'Me' }).waitFor();
  await page.getByLabel('Email', { exact: true }).waitFor();

  for (const place of ['Policy', 'Privacy'] as const) {
    await pages.open(place);
    await page.getByRole('button', { name: 'Sign in again' }).last().click();
    await page.getByRole('heading', { level: 1, name: 'Me' }).waitFor();
  }
});

test('nothing is wrong with it when all of it is there', async ({ stage }) => {
  const app = await stage.offlineApp();
  const { page, pages } = app;
  await show(app, {
    subject: { kind: 'unlocking' },
    sync: { state: 'waiting', waiting: 3, problem: 'server-error' },
  });
  await tell(app, {
    sync: { state: 'waiting', waiting: 3, problem: 'server-error' },
    lastReachedAt: '2026-11-20T10:00:00.000Z',
    nextTryAt: '2026-11-20T10:00:15.000Z',
    tries: [
      { at: '2026-11-20T10:00:00.000Z', problem: 'server-error' },
      { at: '2026-11-20T09:59:00.000Z', problem: 'none' },
    ],
    items: [
      item(0, { state: 'sending' }),
      item(1, { choices: { functional: 'denied', analytics: 'denied', advertising: 'denied' } }),
      item(2, { choices: {} }),
      item(3, {
        state: 'refused',
        refusal: { type: 'policy-unknown', detail: 'a-very-long-word'.repeat(20) },
      }),
    ],
    counts: { waiting: 200, refused: 1 },
  });
  const dialog = await openSync(app);
  await dialog.getByText('Recent tries').click();
  expect(await troublesOf(app)).toEqual([]);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await pages.open('Privacy');
  await page.locator('main').getByText('Not taken by Integro (1)').waitFor();
  expect(await troublesOf(app)).toEqual([]);
});

test('signing out says what is discarded and what still goes out', async ({ stage }) => {
  const server = await stage.server();
  const app = await stage.app({ serverUrl: server.url });
  const { page, pages } = app;
  await pages.createAccount(newPerson());
  await pages.status('Synced');
  await server.stop();
  await pages.open('Privacy');
  await pages.toggle('Functional').click();
  await pages.status('Waiting to sync (1)');
  await pages.toggle('Analytics').click();
  await pages.status('Waiting to sync (2)');
  await pages.toggle('Analytics').click();
  await pages.status('Waiting to sync (3)');
  await pages.signOut();
  const dialog = page.getByRole('dialog', { name: 'Sign out?' });
  const said = await dialog.innerText();
  expect(said).toContain('3 choices have not reached Integro.');
  expect(said).toContain('2 permissions are discarded if you sign out now.');
  expect(said).toContain('Refusals still go out after you sign out.');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.waitFor({ state: 'detached' });
  await pages.signedIn();
});
