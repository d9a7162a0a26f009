import path from 'node:path';
import Database from 'better-sqlite3';
import { expect } from 'vitest';
import { holdUp } from '../support/hold-up.js';
import { test, type RunningApp } from '../support/stage.js';

/** Analytics' switch for the eye, by where its knob is, and for everybody else. */
async function analyticsOf({ pages }: RunningApp): Promise<{ looksOn: boolean; isOn: boolean }> {
  return pages.toggle('Analytics').evaluate((input) => ({
    looksOn: getComputedStyle(input, '::after').translate === '18px',
    isOn: (input as HTMLInputElement).checked,
  }));
}

const ON = { looksOn: true, isOn: true };
const OFF = { looksOn: false, isOn: false };

test('a switch is drawn as it was pressed although keeping it takes long', async ({ stage }) => {
  const app = await stage.offlineApp();
  await app.pages.open('Privacy');
  await expect.poll(() => analyticsOf(app)).toEqual(OFF);
  const calls = await holdUp(app, 'consent.decide');
  await app.pages.toggle('Analytics').click();
  await expect.poll(() => analyticsOf(app)).toEqual(ON);
  await app.page.getByText('Saving').waitFor();
  expect(await calls()).toBe(1);
  expect(await app.page.getByRole('status').first().getAttribute('data-state')).not.toBe('saved');
});

test('a switch whose press was not kept goes back, for the eye and for everybody else', async ({
  stage,
}) => {
  const app = await stage.offlineApp();
  await app.pages.open('Privacy');
  const database = new Database(path.join(stage.profileFolder, 'sayso.db'));
  database.exec(`CREATE TRIGGER no BEFORE INSERT ON decision BEGIN SELECT RAISE(ABORT, 'no'); END`);
  await app.pages.toggle('Analytics').click();
  const told = app.page.getByRole('alert').filter({ hasText: 'Not saved' });
  await told.waitFor();
  await expect.poll(() => analyticsOf(app)).toEqual(OFF);

  database.exec('DROP TRIGGER no');
  database.close();
  await app.pages.toggle('Analytics').click();
  await app.pages.status('Saved on this device');
  await expect.poll(() => analyticsOf(app)).toEqual(ON);
});

test('presses one right after the other leave the switch as the last one said', async ({
  stage,
}) => {
  const app = await stage.offlineApp();
  await app.pages.open('Privacy');
  const press = (times: number) =>
    app.pages.toggle('Analytics').evaluate((input, count) => {
      for (let one = 0; one < count; one += 1) (input as HTMLInputElement).click();
    }, times);
  await press(3);
  await expect.poll(() => analyticsOf(app)).toEqual(ON);
  await app.pages.status('Saved on this device');
  await press(4);
  await press(1);
  await expect.poll(() => analyticsOf(app)).toEqual(OFF);
  await app.pages.open('History');
  await app.page
    .getByRole('listitem')
    .filter({ has: app.page.locator('summary') })
    .first()
    .getByText('You refused Analytics')
    .waitFor();
  await app.pages.open('Privacy');
  expect(await analyticsOf(app)).toEqual(OFF);
});
