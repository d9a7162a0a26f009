import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { addresses, openAppForAll } from '../../support/electron/open-app.js';
import { callAll } from '../../support/ipc/strangers.js';

const root = path.resolve(import.meta.dirname, '../../..');
const OURS = 'sayso-app://window/index.html';

/** Addresses that no window of ours may come to. */
const AWAY = [
  'https://example.org/',
  'file:///etc/hosts',
  'data:text/html,away',
  'javascript:globalThis.ran=1',
  'sayso-app://elsewhere/index.html',
  'chrome://gpu/',
  'blob:null/0',
];

describe("Electron's security list, attacked on the running app", () => {
  const opened = openAppForAll();
  /** Whatever a page of ours has set going has come to its end once a call of its own is answered. */
  const stillAnswers = async (): Promise<void> => {
    const asked = callAll({ 'app.snapshot': {} });
    expect(await opened.app.page.evaluate(asked)).toMatchObject({ 'app.snapshot': { ok: true } });
  };
  const windows = async (): Promise<number> => (await addresses(opened.app)).length;

  it('13. disable or limit navigation: by script, link, form, refresh and history', async () => {
    const { app } = opened;
    for (const address of AWAY) {
      const ways = await app.page.evaluate((to) => {
        const link = Object.assign(document.createElement('a'), { href: to });
        const form = Object.assign(document.createElement('form'), { action: to });
        const refresh = document.createElement('meta');
        refresh.httpEquiv = 'refresh';
        refresh.content = `0; url=${to}`;
        document.body.append(link, form);
        const tries = [
          () => (location.href = to),
          () => {
            location.replace(to);
          },
          () => {
            link.click();
          },
          () => {
            form.submit();
          },
          () => document.head.append(refresh),
          () => {
            history.pushState(null, '', to);
          },
        ];
        for (const run of tries) {
          try {
            run();
          } catch {
            /* Refused by Chromium itself. */
          }
        }
        link.remove();
        form.remove();
        return tries.length;
      }, address);
      expect(ways).toBe(6);
    }
    expect((await addresses(app))[0]?.split(/[?#]/)[0]).toBe(OURS);
    expect(await app.page.evaluate('typeof globalThis.ran')).toBe('undefined');
    await stillAnswers();
  });

  it('13. disable or limit navigation: files and links that are dragged in', async () => {
    const { app } = opened;
    const session = await app.page.context().newCDPSession(app.page);
    const data = {
      items: [{ mimeType: 'text/uri-list', data: 'https://example.org/' }],
      files: [path.join(root, 'package.json')],
      dragOperationsMask: 1,
    };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await session.send('Input.dispatchDragEvent', { type, x: 400, y: 300, data });
    await session.detach();
    expect((await addresses(app))[0]?.split(/[?#]/)[0]).toBe(OURS);
    await stillAnswers();
  });

  it('14. disable or limit creation of new windows', async () => {
    const { app } = opened;
    const before = await windows();
    const made = await app.page.evaluate(
      (targets) => {
        const link = Object.assign(document.createElement('a'), { target: '_blank' });
        document.body.append(link);
        return targets.map((to) => {
          link.href = to;
          link.click();
          link.dispatchEvent(new MouseEvent('click', { ctrlKey: true }));
          try {
            return window.open(to, '_blank', 'nodeIntegration=yes') !== null;
          } catch {
            return false;
          }
        });
      },
      [...AWAY, OURS, 'about:blank'],
    );
    expect(new Set(made)).toEqual(new Set([false]));
    expect(await windows()).toBe(before);
  });

  it('15. do not use shell.openExternal with untrusted content', async () => {
    const { app } = opened;
    await app.electron.evaluate(({ shell }) => {
      const handed: string[] = [];
      Object.assign(globalThis, { handed });
      Object.assign(shell, {
        openExternal: (to: string) => void handed.push(to),
        openPath: (to: string) => void handed.push(to),
      });
    });
    await app.page.evaluate(
      (targets) => {
        for (const to of targets) {
          const link = Object.assign(document.createElement('a'), { href: to, target: '_blank' });
          document.body.append(link);
          link.click();
          link.remove();
        }
      },
      [
        ...AWAY,
        'mailto:x@example.org',
        'smb://host/share',
        'ms-msdt:/id',
        'sayso://open/integro/me',
      ],
    );
    await stillAnswers();
    expect(
      await app.electron.evaluate(() => (globalThis as unknown as { handed: string[] }).handed),
    ).toEqual([]);
  });
});
