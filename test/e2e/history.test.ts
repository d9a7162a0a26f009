import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect } from 'vitest';
import { readExport } from '../../src-shared/proof/read-export.js';
import { newPerson, test, type RunningApp } from '../support/stage.js';

/** Answers the system's save dialog in the person's place, and counts how often it was asked. */
async function saveDialogAnswers({ electron }: RunningApp, filePath: string): Promise<void> {
  await electron.evaluate(({ dialog }, answer) => {
    const dialogs = dialog as { showSaveDialog: unknown };
    dialogs.showSaveDialog = () => Promise.resolve({ canceled: answer === '', filePath: answer });
  }, filePath);
}

describe('the history page', () => {
  test('shows a decision with the text shown then, and exports it, offline', async ({ stage }) => {
    const app = await stage.offlineApp();
    const { page, pages } = app;
    await pages.button('Accept necessary only').click();
    await pages.status('Saved on this device');
    await pages.open('Privacy');
    await pages.toggle('Analytics').click();
    await pages.status('Saved on this device');

    await pages.open('History');
    const said = page.getByRole('listitem').filter({ has: page.locator('summary') });
    await expect.poll(() => said.count()).toBe(2);
    const [allowed, refused] = [said.nth(0), said.nth(1)];
    await allowed.getByText('You allowed Analytics', { exact: true }).waitFor();
    await refused.getByText('You refused everything optional', { exact: true }).waitFor();
    await refused.getByText('In the banner · This device').waitFor();
    await refused.getByText('On this device only').waitFor();

    await refused.locator('summary').click();
    await refused.getByRole('button', { name: 'Show the text you read' }).click();
    const dialog = page.getByRole('dialog', { name: 'The text you read' });
    await dialog.getByRole('heading', { name: 'How long they last' }).waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });

    const file = path.join(stage.folder('export'), 'mine.json');
    await saveDialogAnswers(app, '');
    await pages.button('Export').click();
    await saveDialogAnswers(app, file);
    await pages.button('Export').click();
    await page.getByText(`Saved as ${file}`).waitFor();
    const read = readExport(readFileSync(file));
    const entries = read.ok ? read.value.contents.evidence.flatMap((part) => part.entries) : [];
    expect(entries.map(({ decision }) => decision?.action)).toEqual(['necessary-only', 'save']);
  });

  test('is whole by keyboard, and erases after one question', async ({ stage }) => {
    const server = await stage.server();
    const app = await stage.app({ serverUrl: server.url });
    const { page, pages } = app;
    await pages.createAccount(newPerson());
    await pages.open('History');
    await page.getByText('Nothing yet.').waitFor();

    await pages.button('Accept all cookies').click();
    const entry = page.getByRole('listitem').filter({ has: page.locator('summary') });
    await entry.getByText('Received', { exact: true }).waitFor();
    await entry.locator('summary').focus();
    await page.keyboard.press('Enter');
    await entry.getByText(/^Integro signed that it received this yes on/).waitFor();

    for (const name of ['Show the text you read', 'Export this decision', 'Erase']) {
      await page.keyboard.press('Tab');
      const focused = await page.evaluate(() => document.activeElement?.textContent.trim());
      expect(focused).toBe(name);
    }
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Erase this?' });
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await entry.getByText('You allowed everything optional', { exact: true }).waitFor();

    await entry.getByRole('button', { name: 'Erase' }).click();
    await dialog.getByRole('button', { name: 'Erase' }).click();
    await entry.getByText('Erased. It was about Functional, Analytics, and Advertising').waitFor();
    expect(await entry.locator('summary').evaluate((one) => one === document.activeElement)).toBe(
      true,
    );
    await pages.open('Privacy');
    expect(await pages.switches()).toEqual({
      Functional: false,
      Analytics: false,
      Advertising: false,
    });
    await pages.status('Synced');
  });
});
