import { describe, expect, it } from 'vitest';
import { inEveryPage, openAppForAll, preferencesOf } from '../../support/electron/open-app.js';
import { callAll, inStrangeWindow } from '../../support/ipc/strangers.js';

const OURS = 'sayso-app://window/index.html';

/** Each name is an item of the list in Electron's own documentation ("Security", checklist); `attacks.test.ts` tries to get round them. */
describe("Electron's security list, on the running app with a foreign page open", () => {
  const opened = openAppForAll();

  it('1. only load secure content', async () => {
    const { app, site } = opened;
    const before = site.paths().length;
    await app.page.evaluate((origin) => {
      for (const tag of ['img', 'iframe', 'video', 'audio', 'input'] as const) {
        const made = document.createElement(tag);
        if (made instanceof HTMLInputElement) made.type = 'image';
        made.src = `${origin}/${tag}`;
        document.body.append(made);
      }
    }, site.origin);
    const fetched = await app.electron.evaluate(
      ({ session }, address) =>
        session
          .fromPartition('sayso-window')
          .fetch(address)
          .then(
            () => 'reached',
            () => 'refused',
          ),
      `${site.origin}/from-our-session`,
    );
    expect(fetched).toBe('refused');
    expect(site.paths().slice(before)).toEqual([]);
  });

  it('2. do not enable Node.js integration for remote content', async () => {
    const { app } = opened;
    // In a service's window the script that takes WebRTC away runs in frames too: sandboxed, so without any Node.
    for (const preferences of await preferencesOf(app)) {
      expect(preferences).toMatchObject({ nodeIntegration: false, sandbox: true });
      expect(preferences['nodeIntegrationInWorker'] ?? false).toBe(false);
    }
    const none = ['undefined', 'undefined', 'undefined', 'undefined'];
    const script = `['require', 'process', 'module', 'Buffer'].map((name) => typeof globalThis[name])`;
    expect(await inEveryPage(app, script)).toEqual([none, none]);
  });

  it('3. enable context isolation in all renderers', async () => {
    for (const preferences of await preferencesOf(opened.app)) {
      expect(preferences).toMatchObject({ contextIsolation: true });
    }
  });

  it('4. enable process sandboxing', async () => {
    for (const preferences of await preferencesOf(opened.app)) {
      expect(preferences).toMatchObject({ sandbox: true });
    }
  });

  it('5. handle session permission requests from remote content', async () => {
    const asked = `Promise.all([
      ...['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read'].map((name) => navigator.permissions.query({ name }).then(({ state }) => state, () => 'denied')),
      Notification.requestPermission(),
      navigator.mediaDevices?.getUserMedia({ audio: true }).then(() => 'granted', () => 'denied') ?? 'denied',
      new Promise((resolve) => navigator.geolocation?.getCurrentPosition(() => resolve('granted'), () => resolve('denied')) ?? resolve('denied')),
    ]).then((states) => [...new Set(states)].join())`;
    expect(await inEveryPage(opened.app, asked)).toEqual(['denied', 'denied']);
  });

  it('6. do not disable webSecurity', async () => {
    for (const preferences of await preferencesOf(opened.app)) {
      expect(preferences).toMatchObject({ webSecurity: true });
    }
  });

  it('7. define a content security policy, by header', async () => {
    const { app } = opened;
    const policy = await app.electron.evaluate(async ({ session }, address) => {
      const answer = await session.fromPartition('sayso-window').fetch(address);
      return answer.headers.get('content-security-policy') ?? '';
    }, OURS);
    const rules = policy.split('; ').map((rule) => rule.split(' '));
    expect(
      Object.fromEntries(rules.map(([name = '', ...values]) => [name, values.join(' ')])),
    ).toEqual({
      'default-src': `'none'`,
      'script-src': `'self'`,
      'style-src': `'self'`,
      'img-src': `'self'`,
      'font-src': `'self'`,
      'connect-src': `'none'`,
      'form-action': `'none'`,
      'base-uri': `'none'`,
      'frame-ancestors': `'none'`,
      'require-trusted-types-for': `'script'`,
    });
    // What Playwright itself runs may call `eval`; what the page runs later may not.
    const ran = await app.page.evaluate(() => {
      const tries = [
        () => (0, eval)('1') as unknown,
        () => (document.createElement('script').textContent = 'globalThis.ran = true'),
        () => document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="ran = true">'),
      ];
      const outcome = (run: () => unknown): string => {
        try {
          return String(run());
        } catch (error) {
          return (error as Error).name;
        }
      };
      return new Promise((resolve) => setTimeout(() => resolve(tries.map(outcome))));
    });
    expect(ran).toEqual(['EvalError', 'TypeError', 'TypeError']);
    expect(await app.page.evaluate('typeof globalThis.ran')).toBe('undefined');
  });

  it.each([
    ['8. do not enable allowRunningInsecureContent', 'allowRunningInsecureContent'],
    ['9. do not enable experimental features', 'experimentalFeatures'],
    ['10. do not use enableBlinkFeatures', 'enableBlinkFeatures'],
  ])('%s', async (_, name) => {
    for (const preferences of await preferencesOf(opened.app))
      expect(preferences[name]).toBeFalsy();
  });

  it('17. validate the sender of all IPC messages', async () => {
    const asked = callAll({ 'app.snapshot': {} });
    const stranger = { address: OURS, partition: 'sayso-window' };
    expect(await inStrangeWindow(opened.app, stranger, asked)).toEqual({
      'app.snapshot': { ok: false, error: { code: 'not-allowed' } },
    });
  });

  it('20. do not expose Electron APIs to untrusted web content', async () => {
    const found = `({ ipc: typeof ipcRenderer, electron: typeof electron, sayso: typeof sayso === 'undefined' ? [] : Object.keys(sayso).sort() })`;
    const none = { ipc: 'undefined', electron: 'undefined' };
    expect(await inEveryPage(opened.app, found)).toEqual([
      { ...none, sayso: ['call', 'on'] },
      { ...none, sayso: [] },
    ]);
    // A listener gets what was said and not the event, which would carry the sender.
    await opened.app.page.evaluate(() => {
      interface Bridge {
        on: (name: string, listener: (...given: unknown[]) => void) => void;
      }
      const page = globalThis as unknown as { sayso: Bridge; heard: Promise<unknown> };
      page.heard = new Promise((resolve) => {
        page.sayso.on('sync.changed', (...given) => {
          resolve(given);
        });
      });
    });
    await opened.app.electron.evaluate(({ webContents }) => {
      for (const contents of webContents.getAllWebContents())
        contents.send('sayso:sync.changed', { service: 'integro' });
    });
    const heard = await opened.app.page.evaluate(
      () => (globalThis as unknown as { heard: Promise<unknown> }).heard,
    );
    expect(heard).toEqual([{ service: 'integro' }]);
  });
});
