import path from 'node:path';
import Database from 'better-sqlite3';
import { expect } from 'vitest';
import type { Decision } from '../../../src-shared/consent/decision.js';
import { test } from '../../support/stage.js';

/** What lies on the disk of each decision, read by another program, oldest first. */
function decisionsOf(profileFolder: string): Decision[] {
  const database = new Database(path.join(profileFolder, 'sayso.db'), { readonly: true });
  const bodies = database
    .prepare<[], string>('SELECT body FROM decision ORDER BY row')
    .pluck()
    .all();
  database.close();
  return bodies.map((body) => JSON.parse(body) as Decision);
}

test('rule 8: each decision keeps version, text, language, time, device and method, and History shows it with its text, offline', async ({
  stage,
}) => {
  const before = Date.now();
  const first = await stage.offlineApp();
  await first.pages.button('Accept necessary only').click();
  await first.pages.status('Saved on this device');
  await first.pages.open('Privacy');
  await first.pages.toggle('Analytics').click();
  await first.pages.status('Saved on this device');
  await first.close();

  const said = decisionsOf(stage.profileFolder);
  expect(said.map(({ action, surface }) => [action, surface])).toEqual([
    ['necessary-only', 'banner'],
    ['save', 'settings'],
  ]);
  for (const { at, device, policy } of said) {
    expect(policy).toEqual({
      version: '2026-05-15',
      lang: 'en',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
    expect(at).toMatch(/Z$/);
    expect(Date.parse(at)).toBeGreaterThanOrEqual(before);
    expect(Date.parse(at)).toBeLessThanOrEqual(Date.now());
    expect(device).toBe(said[0]?.device);
  }

  const { page, pages } = await stage.offlineApp();
  await pages.open('History');
  const entries = page.getByRole('listitem').filter({ has: page.locator('summary') });
  await expect.poll(() => entries.count()).toBe(2);
  for (const [place, method] of [
    [0, 'Under Privacy · This device'],
    [1, 'In the banner · This device'],
  ] as const) {
    const entry = entries.nth(place);
    const shown = said[1 - place];
    await entry.getByText(method).waitFor();
    await entry.locator('summary').click();
    await entry.getByText('Version 2026-05-15, English').waitFor();
    await entry.getByRole('button', { name: 'Show the text you read' }).click();
    const text = page.getByRole('dialog', { name: 'The text you read' });
    await text.getByRole('heading', { name: 'How long they last' }).waitFor();
    await text.getByText(shown?.policy.sha256 ?? 'no hash').waitFor();
    await page.keyboard.press('Escape');
    await text.waitFor({ state: 'detached' });
  }
});
