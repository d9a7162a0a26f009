import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { copyApp } from '../support/app-copy.js';
import { NOBODY, test } from '../support/stage.js';

test('a page whose file cannot be read says so, and the others work as usual', async ({
  stage,
}) => {
  const folder = stage.folder('app');
  const main = copyApp(folder);
  const assets = path.join(folder, 'out', 'renderer', 'assets');
  const pages = readdirSync(assets).filter((name) =>
    /^(?:HistoryPage|DevicePage)-.*\.js$/.test(name),
  );
  expect(pages).toHaveLength(2);
  for (const name of pages) rmSync(path.join(assets, name));
  const app = await stage.app({ serverUrl: NOBODY, main });
  await app.pages.button('Accept necessary only').click();
  for (const name of ['History', 'On this device'] as const) {
    await app.pages.open(name);
    await app.page
      .getByRole('alert')
      .filter({ hasText: 'This page could not be opened' })
      .waitFor();
    await app.pages.open('Privacy');
    expect(Object.values(await app.pages.switches())).toEqual([false, false, false]);
  }
});
