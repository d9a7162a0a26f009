import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect } from 'vitest';
import { findFaults } from '../support/looks/find.js';
import { test, type RunningApp } from '../support/stage.js';

/** Answers the system's file dialogs in the person's place. */
async function dialogsAnswer({ electron }: RunningApp, filePath: string): Promise<void> {
  await electron.evaluate(({ dialog }, answer) => {
    const dialogs = dialog as { showSaveDialog: unknown; showOpenDialog: unknown };
    dialogs.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: answer });
    dialogs.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [answer] });
  }, filePath);
}

const said = ({ page }: RunningApp) =>
  page.getByRole('listitem').filter({ has: page.locator('summary') });

/** Two decisions offline: everything refused, then analytics allowed. */
async function decided(app: RunningApp): Promise<void> {
  const { pages } = app;
  await pages.button('Accept necessary only').click();
  await pages.status('Saved on this device');
  await pages.open('Privacy');
  await pages.toggle('Analytics').click();
  await pages.status('Saved on this device');
  await pages.open('History');
  await expect.poll(() => said(app).count()).toBe(2);
}

describe('history and files, offline', () => {
  test('rule 9: an export, imported into a fresh profile, gives history and switches nothing on', async ({
    stage,
  }) => {
    const first = await stage.offlineApp();
    await decided(first);
    const file = path.join(stage.folder('files'), 'mine.json');
    await dialogsAnswer(first, file);
    await first.pages.button('Export').click();
    await first.page.getByText(`Saved as ${file}`).waitFor();
    await first.close();

    const app = await stage.app({
      profileFolder: stage.folder('fresh'),
      serverUrl: 'http://127.0.0.1:9',
    });
    const { page, pages } = app;
    await dialogsAnswer(app, file);
    await pages.open('History');
    await pages.button('Import').click();
    await page.getByText('2 decisions from mine.json are listed below.').waitFor();
    const section = page.getByRole('region', { name: 'Imported from files' });
    await section.getByText('You allowed Analytics', { exact: true }).waitFor();
    await section.getByText('You refused everything optional', { exact: true }).waitFor();
    await said(app).first().locator('summary').click();
    await section.getByRole('button', { name: 'Show the text you read' }).click();
    const dialog = page.getByRole('dialog', { name: 'The text you read' });
    await dialog.getByRole('heading', { name: 'How long they last' }).waitFor();
    await page.keyboard.press('Escape');
    expect(await findFaults(page)).toEqual([]);
    await pages.button('Import').click();
    await page.getByText('0 decisions from mine.json are listed below.').waitFor();

    await pages.open('Privacy');
    const off = { Functional: false, Analytics: false, Advertising: false };
    expect(await pages.switches()).toEqual(off);
    expect(await pages.banner().count()).toBe(1);
    await pages.open('History');
    await pages.button('Remove what was imported').click();
    await page.getByText('Nothing yet.').waitFor();
    await expect.poll(() => said(app).count()).toBe(0);
  });

  test('a file that was changed, or is no export, is not taken in', async ({ stage }) => {
    const app = await stage.offlineApp();
    const { page, pages } = app;
    await decided(app);
    const file = path.join(stage.folder('files'), 'mine.json');
    await dialogsAnswer(app, file);
    await pages.button('Export').click();
    await page.getByText(`Saved as ${file}`).waitFor();
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace('"granted"', '"denied"'));
    await pages.button('Import').click();
    await page.getByText('The file was changed after it was made').waitFor();
    writeFileSync(file, 'no export at all');
    await pages.button('Import').click();
    await page.getByText('This is not a file that Sayso exported').waitFor();
    await dialogsAnswer(app, path.join(stage.folder('files'), 'gone.json'));
    await pages.button('Import').click();
    await page.getByText('The file cannot be opened.').waitFor();
    expect(await page.getByRole('region', { name: 'Imported from files' }).count()).toBe(0);
  });

  test('a PDF holds the decisions and what is proven; a filter shows only what was asked for', async ({
    stage,
  }) => {
    const app = await stage.offlineApp();
    const { page, pages, electron } = app;
    await decided(app);
    await page.getByText('Filter', { exact: true }).click();
    await page.getByLabel('What was said').selectOption('allowed');
    await expect.poll(() => said(app).count()).toBe(1);
    await page.getByLabel('Until', { exact: true }).fill('2020-01-01');
    await page.getByText('Nothing like that was said here.').waitFor();
    await pages.button('Show all').click();
    await expect.poll(() => said(app).count()).toBe(2);
    await page.getByLabel('About', { exact: true }).selectOption({ label: 'Functional' });
    await expect.poll(() => said(app).count()).toBe(1);

    const file = path.join(stage.folder('files'), 'mine.pdf');
    await dialogsAnswer(app, file);
    await page.getByLabel('Kind of file').selectOption('pdf');
    await pages.button('Export').click();
    await page.getByText(`Saved as ${file}`).waitFor();
    const pdf = readFileSync(file);
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.toString('latin1')).toContain('/MarkInfo');
    expect(
      await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length),
    ).toBe(1);
  });
});
