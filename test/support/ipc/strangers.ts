import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { copyApp } from '../app-copy.js';
import type { RunningApp } from '../stage.js';

const root = path.resolve(import.meta.dirname, '../../..');

/** JavaScript that makes calls through whatever bridge it finds; its value is what came back, by call. */
export function callAll(payloads: Readonly<Record<string, unknown>>): string {
  return `(async () => {
    if (typeof sayso === 'undefined') return 'no bridge';
    const calls = Object.entries(${JSON.stringify(payloads)});
    const answers = await Promise.all(calls.map(async ([name, payload]) => [name, await sayso.call(name, payload)]));
    return Object.fromEntries(answers);
  })()`;
}

/** Opens another window with our own preload, runs `script` in its page, and closes it. */
export function inStrangeWindow(
  { electron }: RunningApp,
  { address, partition }: { readonly address: string; readonly partition: string },
  script: string,
): Promise<unknown> {
  const preload = path.join(root, 'out', 'preload', 'index.cjs');
  return electron.evaluate(
    async ({ BrowserWindow }, given) => {
      const { preload, partition } = given;
      const webPreferences = { preload, partition, sandbox: true, contextIsolation: true };
      const window = new BrowserWindow({ show: false, webPreferences });
      try {
        await window.loadURL(given.address);
        return (await window.webContents.executeJavaScript(given.script)) as unknown;
      } finally {
        window.destroy();
      }
    },
    { address, partition, script, preload },
  );
}

/** Takes the app's own window to another address, as a hole in its rules of navigation would, and runs `script` there. */
export function inOurWindowAt(
  { electron }: RunningApp,
  address: string,
  script: string,
): Promise<unknown> {
  return electron.evaluate(
    async ({ BrowserWindow }, given) => {
      const [window] = BrowserWindow.getAllWindows();
      if (!window) throw new Error('there is no window');
      const { protocol, webRequest } = window.webContents.session;
      // The filter that keeps the window from other addresses is taken away: what stands behind it is looked at.
      webRequest.onBeforeRequest(null);
      if (!protocol.isProtocolHandled('evil'))
        protocol.handle(
          'evil',
          () => new Response('', { headers: { 'content-type': 'text/html' } }),
        );
      await window.loadURL(given.address);
      return (await window.webContents.executeJavaScript(given.script)) as unknown;
    },
    { address, script },
  );
}

/** Puts the app's own page into a frame of the app's own page, and runs `script` in the frame. */
export function inFrameOfOurWindow(
  { electron, page }: RunningApp,
  script: string,
): Promise<unknown> {
  const added = page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const frame = document.createElement('iframe');
        frame.onload = () => resolve();
        frame.src = location.href;
        document.body.append(frame);
      }),
  );
  return added.then(() =>
    electron.evaluate(async ({ BrowserWindow }, given) => {
      const frame = BrowserWindow.getAllWindows()[0]?.webContents.mainFrame.frames[0];
      if (!frame) throw new Error('there is no frame');
      return await frame.executeJavaScript(given);
    }, script),
  );
}

/**
 * The built app with what keeps frames away, and the bridge from frames, taken out: only the check of who calls is left.
 * @returns path of the copy's main script.
 */
export function copyAppWithFrames(folder: string): string {
  const script = copyApp(folder);
  const main = path.dirname(script);
  let changes = 0;
  for (const name of readdirSync(main).filter((one) => one.endsWith('.js'))) {
    const text = readFileSync(path.join(main, name), 'utf8');
    const opened = text
      .replace('nodeIntegrationInSubFrames: false', 'nodeIntegrationInSubFrames: true')
      .replace(`frame-ancestors 'none'`, `frame-ancestors 'self'; frame-src 'self'`);
    if (opened === text) continue;
    writeFileSync(path.join(main, name), opened);
    changes += 1;
  }
  if (changes === 0) throw new Error('nothing in the built app is called what it was');
  return script;
}
