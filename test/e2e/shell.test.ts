import { describe, expect } from 'vitest';
import { test } from '../support/stage.js';

describe('the shell', () => {
  test('gives the page no Node, no ipcRenderer, no network and no way out', async ({ stage }) => {
    const { page, electron } = await stage.offlineApp();
    const found = await page.evaluate(async () => {
      const reached = await fetch('http://127.0.0.1:9/').then(
        () => true,
        () => false,
      );
      const opened = window.open('https://example.org/');
      return {
        node: typeof (globalThis as Record<string, unknown>)['require'],
        process: typeof (globalThis as Record<string, unknown>)['process'],
        bridge: Object.keys((globalThis as unknown as Record<string, object>)['sayso'] ?? {}),
        reached,
        opened: opened !== null,
        permission: (await navigator.permissions.query({ name: 'geolocation' })).state,
      };
    });
    expect(found).toEqual({
      node: 'undefined',
      process: 'undefined',
      bridge: ['call', 'on'],
      reached: false,
      opened: false,
      permission: 'denied',
    });
    const preferences = await electron.evaluate(({ webContents }) =>
      webContents.getAllWebContents().map((contents) => {
        // Real, but missing from the types.
        const { getLastWebPreferences } = contents as unknown as {
          getLastWebPreferences: () => Record<string, unknown>;
        };
        const { sandbox, contextIsolation, nodeIntegration } = getLastWebPreferences.call(contents);
        return { sandbox, contextIsolation, nodeIntegration };
      }),
    );
    expect(preferences).toEqual([
      { sandbox: true, contextIsolation: true, nodeIntegration: false },
    ]);
    await page.evaluate(() => {
      location.href = 'https://example.org/';
    });
    expect(page.url().split(/[?#]/)[0]).toBe('sayso-app://window/index.html');
  });

  test('refuses calls that are not of the contract, and changes nothing', async ({ stage }) => {
    const { page, pages } = await stage.offlineApp();
    const answers = await page.evaluate(async () => {
      interface Bridge {
        call: (name: unknown, input: unknown) => Promise<unknown>;
      }
      const { sayso } = globalThis as unknown as { sayso: Bridge };
      const decide = { service: 'integro', revision: 0, surface: 'banner', choices: {} };
      return Promise.all([
        sayso.call('app.quit', {}),
        sayso.call('consent.decide', { ...decide, action: 'accept-all', extra: 1 }),
        sayso.call('consent.decide', { ...decide, action: 'save', choices: { '*': 'granted' } }),
        sayso.call('consent.decide', { ...decide, action: 'signal' }),
        sayso.call('policy.read', { service: '../../etc' }),
        sayso.call('consent.decide', { ...decide, revision: 9999, action: 'accept-all' }),
        sayso.call('consent.decide', { ...decide, service: 'nowhere', action: 'accept-all' }),
      ]);
    });
    expect(answers).toEqual([
      { ok: false, error: { code: 'not-allowed' } },
      { ok: false, error: { code: 'malformed' } },
      { ok: false, error: { code: 'malformed' } },
      { ok: false, error: { code: 'malformed' } },
      { ok: false, error: { code: 'malformed' } },
      { ok: true, value: { ok: false, error: { code: 'screen-changed' } } },
      { ok: true, value: { ok: false, error: { code: 'unknown-service' } } },
    ]);
    await pages.open('Privacy');
    expect(await pages.switches()).toEqual({
      Functional: false,
      Analytics: false,
      Advertising: false,
    });
    await pages.banner().waitFor();
  });
});
