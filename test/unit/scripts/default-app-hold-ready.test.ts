import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { holdReady, isPlaywright } from '../../../scripts/setup/default-app/hold-ready.mjs';

/** What of Electron's `app` has to do with getting ready. */
class App extends EventEmitter {
  becomeReady: () => void = () => undefined;
  readonly #ready = new Promise<void>((resolve) => {
    this.becomeReady = () => {
      resolve();
      this.emit('ready', { launched: true });
    };
  });
  whenReady = (): Promise<void> => this.#ready;
  isReady = (): boolean => true;
}

function holding() {
  const app = new App();
  let runOut: () => void = () => undefined;
  const letGo = holdReady(app, (run) => (runOut = run), 5000);
  const seen: unknown[] = [];
  app.on('ready', (details) => seen.push(details));
  void app.whenReady().then(() => seen.push('promise'));
  return { app, letGo, seen, runOut: () => runOut() };
}

test('nobody hears that it is ready before it is let go, and then once', async () => {
  const { app, letGo, seen, runOut } = holding();
  app.becomeReady();
  await Promise.resolve();
  expect(seen).toEqual([]);
  expect(app.isReady()).toBe(false);
  await letGo();
  runOut();
  await letGo();
  expect(seen).toEqual([{ launched: true }, 'promise']);
  expect(app.isReady()).toBe(true);
});

test('let go before the system is ready, it waits for the system', async () => {
  const { app, letGo, seen } = holding();
  const gone = letGo();
  await Promise.resolve();
  expect(seen).toEqual([]);
  app.becomeReady();
  await gone;
  expect(seen).toContain('promise');
});

test('goes on by itself where nobody lets it go', async () => {
  const { app, seen, runOut } = holding();
  app.becomeReady();
  runOut();
  await expect.poll(() => seen).toContain('promise');
});

test('other events pass', () => {
  const { app } = holding();
  const seen: string[] = [];
  app.on('activate', () => seen.push('activate'));
  app.emit('activate');
  expect(seen).toEqual(['activate']);
});

test('only the command line of Playwright counts', () => {
  expect(isPlaywright(['--no-sandbox', '--inspect=0', '--remote-debugging-port=0', 'app'])).toBe(
    true,
  );
  expect(isPlaywright(['--remote-debugging-port=0', 'app'])).toBe(false);
});
