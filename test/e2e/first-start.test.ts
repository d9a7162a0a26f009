import { readFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import type { PolicyText } from '../../src-shared/policy-text.js';
import { test } from '../support/stage.js';

const SERVICES = [
  {
    id: 'integro',
    name: 'Integro',
    version: '2026-05-15',
    answers: ['Accept all cookies', 'Accept necessary only'],
    accepting: 'Accept all cookies',
    switches: ['Functional', 'Analytics', 'Advertising'],
  },
  {
    id: 'katror',
    name: 'Katror',
    version: '2026-01',
    answers: ['Accept', 'Necessary only'],
    accepting: 'Accept',
    switches: ['Preference', 'Analytics'],
  },
  {
    id: 'certiron',
    name: 'Certiron',
    version: '2026-01',
    answers: ['Got it'],
    accepting: 'Got it',
    switches: [],
  },
] as const;

function policyOf(id: string, version: string): PolicyText {
  const file = new URL(`../../resources/services/${id}/policy/${version}.en.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as PolicyText;
}

function all(names: readonly string[], on: boolean): Record<string, boolean> {
  return Object.fromEntries(names.map((name) => [name, on]));
}

describe('the first start of a fresh profile, with nothing behind any address', () => {
  test.for(SERVICES)(
    '$name: its banner, its whole policy, every switch off',
    async (service, { stage }) => {
      const { page, pages, output } = await stage.offlineApp({ service: service.id });
      await pages.banner().waitFor();
      const buttons = await pages.banner().getByRole('button').allTextContents();
      for (const answer of service.answers)
        expect(buttons.map((text) => text.trim())).toContain(answer);

      const shown = (await page.getByRole('main').innerText()).replaceAll(/\s+/g, ' ');
      for (const section of policyOf(service.id, service.version).sections) {
        expect(shown).toContain(section.heading);
        for (const block of section.blocks) {
          for (const text of block.kind === 'list' ? block.items : [block.text]) {
            expect(shown).toContain(text.replaceAll(/\s+/g, ' '));
          }
        }
      }

      await pages.open('Privacy');
      expect(await pages.switches()).toEqual(all(service.switches, false));
      expect((await pages.statusNow()).state).toBe('local');
      expect(output()).not.toMatch(/page error|Refused to|Uncaught/);
    },
  );

  test.for([
    { ending: 'closed', end: 'close' as const },
    { ending: 'ended by kill -9', end: 'kill' as const },
  ])(
    'after an answer, a restart asks nothing and shows the same ($ending)',
    async ({ end }, { stage }) => {
      const first = await stage.offlineApp();
      for (const { name, accepting } of SERVICES) {
        await first.pages.openService(name);
        await first.pages.banner().getByRole('button', { name: accepting, exact: true }).click();
        await first.pages.status('Saved on this device');
        await first.pages.banner().waitFor({ state: 'detached' });
      }
      await first[end]();

      const { pages } = await stage.offlineApp();
      for (const { name, switches } of SERVICES) {
        await pages.openService(name);
        await pages.open('Privacy');
        expect(await pages.banner().count()).toBe(0);
        expect(await pages.switches()).toEqual(all(switches, true));
      }
    },
  );

  test('refusing keeps every switch off after a restart and asks nothing', async ({ stage }) => {
    const first = await stage.offlineApp();
    await first.pages.button('Accept necessary only').click();
    await first.pages.status('Saved on this device');
    await first.kill();

    const { pages } = await stage.offlineApp();
    await pages.open('Privacy');
    expect(await pages.banner().count()).toBe(0);
    expect(await pages.switches()).toEqual(all(SERVICES[0].switches, false));
  });

  test('Esc is no answer: the banner goes, and is back at the next start', async ({ stage }) => {
    const first = await stage.offlineApp();
    await first.pages.banner().waitFor();
    await first.page.keyboard.press('Escape');
    await first.pages.banner().waitFor({ state: 'detached' });
    await first.pages.open('Privacy');
    expect(await first.pages.switches()).toEqual(all(SERVICES[0].switches, false));
    await first.close();

    const { pages } = await stage.offlineApp();
    await pages.banner().waitFor();
  });
});
