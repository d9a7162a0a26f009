import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { test as base } from 'vitest';
import { launchApp, portOf, startServer } from '../../scripts/drive/index.mjs';
import { askedAgain } from './asked-again.js';

export { keychainEntries } from './keychain-entries.js';

export type RunningApp = Awaited<ReturnType<typeof launchApp>>;
export type RunningServer = Awaited<ReturnType<typeof startServer>>;

/** One test's own world: a profile, a server with its own data, and everything ended afterwards. */
export interface Stage {
  /** A fresh temporary folder. */
  folder(name: string): string;
  readonly profileFolder: string;
  /** Starts the app with nobody driving it. */
  plainApp(options?: {
    serverUrl?: string;
    profileFolder?: string;
    args?: readonly string[];
  }): PlainApp;
  /** Starts the reference server; again under the same address after a stop. */
  server(options?: { servicesFolder?: string; args?: readonly string[] }): Promise<RunningServer>;
  /** Starts the app on this test's profile, or on another one. */
  app(options?: {
    profileFolder?: string;
    serverUrl?: string;
    service?: string;
    env?: NodeJS.ProcessEnv;
    /** The main script of another copy of the app. */
    main?: string;
    /** Further arguments of the command line. */
    args?: string[];
  }): Promise<RunningApp>;
  /** Starts the app with nothing behind its services' addresses. */
  offlineApp(options?: { service?: string }): Promise<RunningApp>;
  /** Something that is to be ended when the test is over. */
  onEnd(end: () => Promise<void> | void): void;
}

/** The app as a plain process, nobody driving it: for everything that it writes from its first moment on. */
export interface PlainApp {
  /** All of standard output and error so far. */
  output(): string;
  end(): Promise<void>;
  /** Waits for it to end by itself; its exit code. */
  ended(): Promise<number | null>;
}

/** For an end of the app on a busy machine; beyond it, it hangs. */
const END_WITHIN_MS = 20_000;

/** Starts the built app without Playwright, which swallows what is written before it is ready. */
export function startPlainApp(
  profileFolder: string,
  serverUrl: string,
  args: readonly string[] = [],
): PlainApp {
  const executable = process.env['SAYSO_ELECTRON_PATH'] ?? '';
  const main = path.resolve(import.meta.dirname, '../../out/main/index.js');
  const noSandbox =
    process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const given = [main, `--user-data-dir=${profileFolder}`, ...noSandbox, ...args];
  const child = spawn(executable, given, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, SAYSO_SERVER: serverUrl },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (part: Buffer) => (output += part.toString()));
  }
  const gone = once(child, 'exit');
  return {
    output: () => output,
    async end() {
      child.kill('SIGTERM');
      const limit = new AbortController();
      const tooLate = pause(END_WITHIN_MS, true, { signal: limit.signal }).catch(() => false);
      const late = await Promise.race([gone.then(() => false), tooLate]);
      limit.abort();
      if (!late) return;
      child.kill('SIGKILL');
      throw new Error(`the app did not end within ${END_WITHIN_MS} ms of being asked to`);
    },
    async ended() {
      const [code] = (await gone) as [number | null];
      return code;
    },
  };
}

/** Comes about when the app itself answers the page, whatever it says. */
const ANSWERED_BY_THE_APP = `window.sayso.call('sync.detail', { service: 'nobody' }).then(() => null)`;

/** Loopback port 9 (discard) has no listener here: connections are refused at once. */
export const NOBODY = 'http://127.0.0.1:9';

/** The test function of the end-to-end tests. */
export const test = base.extend<{ stage: Stage }>({
  // Vitest finds out what a fixture needs from this very pattern, so it has to be there though it is empty.
  // eslint-disable-next-line no-empty-pattern
  stage: async ({}, use) => {
    const ends: (() => Promise<void> | void)[] = [];
    const folder = (name: string): string => {
      const made = mkdtempSync(path.join(tmpdir(), `sayso-test-${name}-`));
      ends.push(() => {
        // The children of an app that was killed write a moment longer.
        rmSync(made, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
      });
      return made;
    };
    const profileFolder = folder('profile');
    const dataFolder = folder('server');
    let port = 0;
    const app: Stage['app'] = async (options = {}) => {
      const running = await launchApp({ profileFolder, ...options });
      ends.push(() => running.kill().catch(() => undefined));
      const { electron } = running;
      const evaluate = electron.evaluate.bind(electron) as (
        ...asked: unknown[]
      ) => Promise<unknown>;
      Object.assign(electron, {
        evaluate: (...asked: unknown[]) => askedAgain(() => evaluate(...asked)),
      });
      // The page comes before the app. Only a test that changed what ships knows when its app is there.
      if (options.main === undefined) await running.page.evaluate(ANSWERED_BY_THE_APP);
      return running;
    };
    await use({
      folder,
      profileFolder,
      async server({ servicesFolder, args } = {}) {
        const running = await startServer(dataFolder, port, servicesFolder, args);
        port = portOf(running.url);
        ends.push(() => running.stop());
        return running;
      },
      app,
      plainApp(options = {}) {
        const running = startPlainApp(
          options.profileFolder ?? profileFolder,
          options.serverUrl ?? NOBODY,
          options.args,
        );
        ends.push(() => running.end());
        return running;
      },
      offlineApp: (options = {}) => app({ ...options, serverUrl: NOBODY }),
      onEnd: (end) => ends.push(end),
    });
    for (const end of ends.toReversed()) await end();
  },
});

/** A fresh account that no other test uses. */
export function newPerson(): { email: string; password: string } {
  return { email: `${randomUUID()}@example.org`, password: 'correct horse battery staple' };
}

/** The id of a profile, read from its database by another program's eyes. */
export function profileIdOf(profileFolder: string): string {
  const database = new Database(path.join(profileFolder, 'sayso.db'), { readonly: true });
  try {
    const row = database.prepare(`SELECT value FROM meta WHERE key = 'profile-id'`).get();
    return (row as { value: string }).value;
  } finally {
    database.close();
  }
}

/** The files below a folder that hold a text anywhere, as UTF-8 or as UTF-16. */
export function filesHolding(folder: string, text: string): string[] {
  const forms = [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => {
      const bytes = readFileSync(file);
      return forms.some((form) => bytes.includes(form));
    });
}
