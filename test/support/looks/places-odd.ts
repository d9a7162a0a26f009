import type { AppView } from '../../../src-shared/views.js';
import { closeDialog, type Place } from './place.js';
import type { Visitor } from './visitor.js';

/** Loads the page anew with a snapshot that differs from the real one. */
async function retold(visitor: Visitor, part: Partial<AppView>): Promise<void> {
  const { page, answer } = visitor;
  const real = await page.evaluate(async () => {
    const { sayso } = globalThis as unknown as Pick<Window, 'sayso'>;
    const found = await sayso.call('app.snapshot', {});
    return found.ok ? found.value : null;
  });
  await answer('app.snapshot', { ...real, ...part });
  await page.reload();
  await page.getByRole('heading', { level: 1 }).waitFor();
}

/** What is seldom seen, shown by the words the main process would say it with. */
export const ODD: readonly Place[] = [
  {
    name: 'the question before quitting',
    async arrive({ send, page }) {
      const unsent = { waiting: 2, grants: 1 };
      await send('quit.asked', { waiting: [{ service: 'Integro', endsSession: true, ...unsent }] });
      await page.locator('dialog[open]').waitFor();
    },
    leave: closeDialog,
  },
  {
    name: 'me, the account deleted, signing in by the browser',
    async arrive({ go, show, page, text }) {
      await go('me');
      await show({
        subject: { kind: 'signed-out', because: 'account-deleted' },
        signIn: { way: 'browser', host: 'login.example.org', state: 'idle' },
      });
      await page.getByLabel(text.me.password(), { exact: true }).waitFor({ state: 'detached' });
    },
  },
  {
    name: 'me, waiting for the browser',
    async arrive({ show, page, text }) {
      await show({ signIn: { way: 'browser', host: 'login.example.org', state: 'open' } });
      await page.getByText(text.browserSignIn.waiting()).waitFor();
    },
  },
  {
    name: 'privacy, a yes that was overruled, under an odd clock',
    async arrive({ go, show, view, page, text }) {
      const { purposes } = await view();
      const overruled = {
        since: '2026-11-16T12:00:00.000Z',
        saidHere: false,
        overruledGrantAt: '2026-11-17T12:00:00.000Z',
      };
      await go('privacy');
      await show({
        clock: 'behind',
        purposes: purposes.map((purpose) =>
          purpose.id === 'functional' ? { ...purpose, state: 'denied', ...overruled } : purpose,
        ),
      });
      await page.getByText(text.privacy.keepOff(), { exact: true }).waitFor();
    },
  },
  {
    name: 'a record in doubt, beside a link that leads nowhere',
    async arrive({ show, send, page, text }) {
      await show({ ledger: { state: 'suspect', reason: 'older' }, bannerShows: false });
      await send('link.refused', {});
      await page.getByText(text.standing.linkRefused()).waitFor();
    },
  },
  {
    name: 'me, waiting for the keychain',
    async arrive({ go, show, page, text }) {
      await go('me');
      await show({ subject: { kind: 'unlocking' } });
      await page.getByText(text.me.unlocking()).waitFor();
    },
  },
  {
    name: 'me, a session that has ended, and a keychain that does not answer',
    async arrive({ show, send, page, text }) {
      await show({ subject: { kind: 'expired' } });
      await send('keychain.changed', 'hanging');
      await page.getByText(text.me.expired()).first().waitFor();
    },
  },
  {
    name: 'a profile that cannot be used',
    async arrive(visitor) {
      await retold(visitor, {
        problems: [{ file: 'torn/manifest.json', field: 'purposes', message: 'Required' }],
        setAside: '/home/a-person/.config/Sayso/sayso.db.set-aside-2026-11-22',
      });
      await visitor.press('torn');
    },
  },
  {
    name: 'no service at all',
    arrive: (visitor) => retold(visitor, { services: [], problems: [], opened: null }),
  },
  {
    name: 'a database of a newer Sayso',
    arrive: (visitor) =>
      retold(visitor, {
        services: [],
        fatal: { code: 'database-newer', path: '/home/a/sayso.db', found: 99, known: 4 },
      }),
  },
];
