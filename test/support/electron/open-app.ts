import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, vi } from 'vitest';
import { launchApp } from '../../../scripts/drive/index.mjs';
import { startForeignSite, type ForeignSite } from '../foreign-site.js';
import type { RunningApp } from '../stage.js';

/** The running app with two windows: its own, and one on a service's own page, which is foreign. */
export interface OpenApp {
  readonly app: RunningApp;
  readonly site: ForeignSite;
}

/** One app for a whole file of tests, none of which changes anything in it: that they are refused is what they show. */
export function openAppForAll(): OpenApp {
  let opened: OpenApp | null = null;
  const folder = mkdtempSync(path.join(tmpdir(), 'sayso-test-list-'));
  beforeAll(async () => {
    const site = await startForeignSite();
    const app = await launchApp({ profileFolder: folder, serverUrl: site.origin });
    opened = { app, site };
    await app.page.evaluate(async () => {
      interface Bridge {
        call: (name: string, input: object) => Promise<unknown>;
      }
      const { sayso } = globalThis as unknown as { sayso: Bridge };
      await sayso.call('service.open', { service: 'integro' });
    });
    const ready = async (): Promise<void> => {
      expect(await inEveryPage(app, 'document.title + document.readyState')).toContain(
        'foreigncomplete',
      );
    };
    await vi.waitFor(ready, { timeout: 20_000, interval: 25 });
  });
  afterAll(async () => {
    await opened?.app.kill();
    await opened?.site.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  });
  const now = (): OpenApp => {
    if (!opened) throw new Error('the app is not open yet');
    return opened;
  };
  return {
    get app() {
      return now().app;
    },
    get site() {
      return now().site;
    },
  };
}

/** The preferences that every page of the app really runs with, its own first. */
export function preferencesOf({ electron }: RunningApp): Promise<Record<string, unknown>[]> {
  return electron.evaluate(({ webContents }) =>
    webContents
      .getAllWebContents()
      .toSorted((one, other) => one.id - other.id)
      .map((contents) => {
        // Real, but missing from the types.
        const { getLastWebPreferences } = contents as unknown as {
          getLastWebPreferences: () => Record<string, unknown>;
        };
        const plain = Object.entries(getLastWebPreferences.call(contents)).filter(
          ([name]) => name !== 'session',
        );
        return JSON.parse(JSON.stringify(Object.fromEntries(plain))) as Record<string, unknown>;
      }),
  );
}

/** Runs JavaScript in the page of every window, own and foreign; the results in the order in which they were opened. */
export function inEveryPage({ electron }: RunningApp, script: string): Promise<unknown[]> {
  return electron.evaluate(
    ({ webContents }, given) =>
      Promise.all(
        webContents
          .getAllWebContents()
          .toSorted((one, other) => one.id - other.id)
          .map((contents) => contents.executeJavaScript(given, true) as Promise<unknown>),
      ),
    script,
  );
}

/** What every window shows. */
export function addresses({ electron }: RunningApp): Promise<string[]> {
  return electron.evaluate(({ webContents }) =>
    webContents
      .getAllWebContents()
      .toSorted((one, other) => one.id - other.id)
      .map((contents) => contents.getURL()),
  );
}
