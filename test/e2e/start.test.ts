import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect } from 'vitest';
import { copyApp } from '../support/app-copy.js';
import { countIn } from '../support/client/rows.js';
import { NOBODY, test } from '../support/stage.js';

/** What the window shows while nobody has answered it yet. */
const EMPTY_FRAME = `new Promise((seen) => {
  const look = () => {
    const title = document.querySelector('.frame[aria-busy=true] p');
    if (!title?.textContent) return requestAnimationFrame(look);
    const { x, y } = rangeOver(title).getBoundingClientRect();
    seen({ text: document.body.innerText.trim(), buttons: document.querySelectorAll('button').length, x, y });
  };
  const rangeOver = (element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return range;
  };
  look();
})`;

/** Lets the rest of the app begin to load only when it is told to: the script's text runs first. */
function heldUp(folder: string, until: string): string {
  const main = copyApp(folder);
  const built = path.join(folder, 'out', 'main');
  const [rest = '', ...others] = readdirSync(built).filter((name) => /^app-.*\.js$/.test(name));
  expect(others).toEqual([]);
  writeFileSync(
    path.join(built, rest),
    `import * as heldUp from 'electron';\n${until}\n${readFileSync(path.join(built, rest), 'utf8')}`,
  );
  return main;
}

describe('at the start', () => {
  test('the rail stands where it will be before the database is open', async ({ stage }) => {
    // The rest of the app is loaded when the window has shown what it shows until then.
    const main = heldUp(
      stage.folder('app'),
      `globalThis.seen = await heldUp.BrowserWindow.getAllWindows()[0].webContents.executeJavaScript(${JSON.stringify(EMPTY_FRAME)});`,
    );
    const app = await stage.app({ serverUrl: NOBODY, main });
    const seen = await app.electron.evaluate(
      () => (globalThis as unknown as { seen: unknown }).seen,
    );
    const title = await app.page.locator('#services-title').evaluate((element) => {
      const range = document.createRange();
      range.selectNodeContents(element);
      const { x, y } = range.getBoundingClientRect();
      return { x, y };
    });
    // Nothing jumps: the title stands where it stood.
    expect(seen).toEqual({ text: 'Services', buttons: 0, ...title });
    expect(await app.page.locator('[aria-busy=true]').count()).toBe(0);
  });

  test('the page of a profile that is known is whole before the app is there, which then answers what was pressed', async ({
    stage,
  }) => {
    const before = await stage.offlineApp();
    await before.pages.button('Privacy').click();
    await before.page.getByRole('switch', { name: 'Analytics', checked: false }).click();
    await before.pages.status('Saved');
    await before.close();

    const main = heldUp(
      stage.folder('app'),
      `await new Promise((goOn) => (globalThis.goOn = goOn));`,
    );
    const app = await stage.app({ serverUrl: NOBODY, main });
    await app.page.locator('main .policy section').first().waitFor();
    await app.pages.button('Privacy').click();
    const analytics = app.page.getByRole('switch', { name: 'Analytics', checked: true });
    await analytics.waitFor();
    await analytics.click();
    // Until the app has answered, nothing is said to be saved.
    expect(await app.page.getByText('Saved on this device').count()).toBe(0);
    await expect
      .poll(() => app.electron.evaluate(() => 'goOn' in globalThis), { timeout: 20_000 })
      .toBe(true);
    await app.electron.evaluate(() => {
      (globalThis as unknown as { goOn: () => void }).goOn();
    });
    await app.pages.status('Saved');
    await app.page.getByRole('switch', { name: 'Analytics', checked: false }).waitFor();
    expect(countIn(path.join(stage.profileFolder, 'sayso.db'), 'decision')).toBe(2);
  });

  test('the page is shown by the process that the window began with', async ({ stage }) => {
    const main = copyApp(stage.folder('app'));
    const noted = `
      import { app as noting } from 'electron';
      noting.on('web-contents-created', (_created, contents) => {
        const note = () => (globalThis.processes ??= []).push(contents.mainFrame.processId);
        contents.on('did-start-navigation', note);
        contents.on('did-finish-load', note);
      });`;
    writeFileSync(main, `${noted}\n${readFileSync(main, 'utf8')}`);
    const app = await stage.app({ serverUrl: NOBODY, main });
    const processes = await app.electron.evaluate(
      () => (globalThis as unknown as { processes: number[] }).processes,
    );
    expect(processes.length).toBeGreaterThan(1);
    expect(new Set(processes).size).toBe(1);
  });

  test('every size and weight of the first page was laid out before it', async ({ stage }) => {
    const app = await stage.offlineApp();
    await app.page.locator('#contacts').waitFor();
    const built = path.resolve(import.meta.dirname, '../../out/renderer/index.html');
    const words = readFileSync(built, 'utf8')
      .match(/<p class="type"[^]*?<\/p>/)?.[0]
      .match(/Aa/g);
    const used = await app.page.evaluate(() => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const found = new Set<string>();
      while (walker.nextNode()) {
        const parent = walker.currentNode.parentElement;
        if (!parent || !walker.currentNode.textContent?.trim()) continue;
        const { fontSize, fontWeight } = getComputedStyle(parent);
        found.add(`${fontSize} ${fontWeight}`);
      }
      return [...found].toSorted();
    });
    expect(used).toEqual(['13px 400', '13px 600', '15px 400', '15px 600', '18px 600', '24px 600']);
    expect(words).toHaveLength(used.length);
    expect(await app.page.locator('.type').count()).toBe(0);
  });

  test.runIf(process.platform === 'linux')(
    'Chromium has no process for the network and none that draws with the graphics card',
    async ({ stage }) => {
      const app = await stage.offlineApp();
      const kinds = await app.electron.evaluate(({ app: electron }) =>
        electron.getAppMetrics().map(({ type, serviceName }) => serviceName ?? type),
      );
      expect(kinds.filter((kind) => /network/i.test(kind))).toEqual([]);
      const drawing = await app.electron.evaluate(({ app: electron }) =>
        electron.getGPUFeatureStatus(),
      );
      expect(drawing.webgl).toMatch(/^(disabled|unavailable)/);
      expect(drawing.gpu_compositing).toMatch(/^(disabled|unavailable)/);
    },
  );
});
