import { writeFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect } from 'vitest';
import type { PolicyText } from '../../src-shared/policy-text.js';
import { copyApp } from '../support/app-copy.js';
import { focusOf, tabTo } from '../support/keyboard/focus.js';
import { NOBODY, test } from '../support/stage.js';

/** More than two pages of the history, and more sections than are laid out at once. */
const DECISIONS = 65;
const SECTIONS = 200;

describe('a long list', () => {
  test('of decisions is reached to its end by keyboard, and narrowed by its filter', async ({
    stage,
  }) => {
    const { page, pages } = await stage.offlineApp();
    await pages.button('Accept necessary only').click();
    await pages.status('Saved on this device');
    await page.evaluate(async (count) => {
      const { sayso } = globalThis as unknown as Pick<Window, 'sayso'>;
      const service = 'integro';
      for (let place = 1; place < count; place += 1) {
        const snapshot = await sayso.call('app.snapshot', {});
        const view = snapshot.ok ? snapshot.value.services.find(({ id }) => id === service) : null;
        const choices = { analytics: place % 2 === 0 ? 'denied' : 'granted' } as const;
        const revision = view?.revision ?? 0;
        const press = { service, revision, action: 'save', surface: 'settings', choices } as const;
        await sayso.call('consent.decide', press);
      }
    }, DECISIONS);
    await pages.open('History');
    const entries = page.locator('[data-entry]');
    for (const shown of [30, 60]) {
      await expect.poll(() => entries.count()).toBe(shown);
      if (shown === 30) await tabTo(page, 'Show earlier');
      await page.keyboard.press('Enter');
    }
    await expect.poll(() => entries.count()).toBe(DECISIONS);
    // The button went with the last page; the focus is at the first entry that it brought.
    const focused = entries.nth(60).locator('summary');
    await expect.poll(() => focused.evaluate((one) => one === document.activeElement)).toBe(true);
    expect((await focusOf(page))?.isClear).toBe(true);
    // Screen readers are told of each of them, of those far beyond the window too.
    const said = await page
      .getByRole('listitem')
      .filter({ has: page.locator('summary') })
      .count();
    expect(said).toBe(DECISIONS);
    await page.getByText('Filter', { exact: true }).click();
    await page.getByLabel('What was said').selectOption('allowed');
    await expect.poll(() => entries.count()).toBe(30);
  });

  test('of sections is found in, gone to and read out to the last of them', async ({ stage }) => {
    const folder = stage.folder('copy');
    const main = copyApp(folder);
    const file = path.join(folder, 'resources/services/integro/policy/2026-05-15.en.json');
    const policy = JSON.parse(readFileSync(file, 'utf8')) as PolicyText;
    const sections = Array.from({ length: SECTIONS }, (_one, place) => ({
      id: `part-${place + 1}`,
      heading: `Part ${place + 1}`,
      blocks: [{ kind: 'paragraph' as const, text: `Only part ${place + 1} says walrus.` }],
    }));
    writeFileSync(file, JSON.stringify({ ...policy, sections }));
    const { page, pages } = await stage.app({ main, serverUrl: NOBODY });
    await pages.button('Accept necessary only').click();
    await page.keyboard.press('Control+F');
    await page.keyboard.type('walrus');
    await page.getByText(`1 of ${SECTIONS}`, { exact: true }).waitFor();
    await page.keyboard.press('Shift+Enter');
    await page.getByText(`${SECTIONS} of ${SECTIONS}`, { exact: true }).waitFor();
    const last = page.getByText(`Only part ${SECTIONS} says walrus.`);
    const inWindow = (): Promise<boolean> =>
      last.evaluate((one) => {
        const { top, bottom } = one.getBoundingClientRect();
        return top >= 0 && bottom <= window.innerHeight;
      });
    await expect.poll(inWindow).toBe(true);
    await pages.button('Part 100').click();
    await expect.poll(async () => (await focusOf(page))?.name).toBe('H2 Part 100');
    expect(await page.getByRole('heading', { level: 2, name: /^Part \d+$/ }).count()).toBe(
      SECTIONS,
    );
  });
});

test('the window shows the answer within the very task of the press', async ({ stage }) => {
  const { page, pages } = await stage.offlineApp();
  await pages.button('Accept all cookies').click();
  await pages.open('Privacy');
  await expect.poll(async () => Object.values(await pages.switches())).toEqual([true, true, true]);
  const shown = await page.evaluate(async () => {
    const buttons = [...document.querySelectorAll('button')];
    const withdraw = buttons.find(
      ({ textContent }) => textContent.trim() === 'Withdraw everything',
    );
    let isAnotherTask = false;
    const channel = new MessageChannel();
    channel.port1.onmessage = () => (isAnotherTask = true);
    channel.port2.postMessage(null);
    withdraw?.click();
    // Microtasks belong to the task they come from.
    for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
    const boxes = [...document.querySelectorAll<HTMLInputElement>('[role=switch]')];
    return { isAnotherTask, checked: boxes.map(({ checked }) => checked) };
  });
  expect(shown).toEqual({ isAnotherTask: false, checked: [false, false, false] });
});
