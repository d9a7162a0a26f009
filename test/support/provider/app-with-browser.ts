import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { copyApp } from '../app-copy.js';
import type { RunningApp, RunningServer, Stage } from '../stage.js';
import { startTestProvider, type TestProvider } from './test-provider.js';

/** The app with Integro signed in to at a real provider, and a system browser that only notes what it is to open. */
export interface AppWithBrowser {
  readonly app: RunningApp;
  readonly server: RunningServer;
  readonly provider: TestProvider;
  /** Waits for the page with this number, from 1. */
  opened(number: number): Promise<string>;
}

export async function startAppWithBrowser(stage: Stage): Promise<AppWithBrowser> {
  const provider = await startTestProvider();
  stage.onEnd(() => provider.stop());
  const { issuer, clientId } = provider.way;
  const server = await stage.server({ args: ['--issuer', issuer, '--client-id', clientId] });
  const folder = stage.folder('app');
  const main = copyApp(folder);
  const file = path.join(folder, 'resources', 'services', 'integro', 'manifest.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as object;
  writeFileSync(file, JSON.stringify({ ...manifest, signIn: provider.way }));
  const bin = stage.folder('bin');
  const list = path.join(bin, 'opened');
  // What Chromium starts on Linux to open an address.
  writeFileSync(path.join(bin, 'xdg-open'), `#!/bin/sh\nprintf '%s\\n' "$1" >> '${list}'\n`);
  chmodSync(path.join(bin, 'xdg-open'), 0o755);
  const env = { PATH: `${bin}:${process.env['PATH'] ?? ''}` };
  const app = await stage.app({ serverUrl: server.url, main, env });
  const lines = (): string[] =>
    existsSync(list) ? readFileSync(list, 'utf8').split('\n').slice(0, -1) : [];
  return {
    app,
    server,
    provider,
    async opened(number) {
      await expect.poll(() => lines().length, { timeout: 30_000 }).toBeGreaterThanOrEqual(number);
      return lines()[number - 1] ?? '';
    },
  };
}
