import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect } from 'vitest';
import { test, type RunningApp } from '../support/stage.js';

const boundsOf = ({ electron }: RunningApp) =>
  electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());

describe('the window', () => {
  test('opens where it was left, in the size it had, after being closed and after being killed', async ({
    stage,
  }) => {
    const file = path.join(stage.profileFolder, 'window.json');
    const first = await stage.offlineApp();
    const place = { x: 60, y: 40, width: 777, height: 555 };
    await first.electron.evaluate(({ BrowserWindow }, bounds) => {
      BrowserWindow.getAllWindows()[0]?.setBounds(bounds);
    }, place);
    await expect.poll(() => boundsOf(first)).toEqual(place);
    await expect.poll(() => readFileSync(file, 'utf8')).toContain('"width":777');
    await first.kill();
    const second = await stage.offlineApp();
    expect(await boundsOf(second)).toEqual(place);
    await second.close();
    const third = await stage.offlineApp();
    expect(await boundsOf(third)).toEqual(place);
  });

  test('opens on a screen that is there, and keeps the language beside its place', async ({
    stage,
  }) => {
    const file = path.join(stage.profileFolder, 'window.json');
    const place = { x: 90_000, y: -70_000, width: 600, height: 500, isMaximized: false };
    writeFileSync(file, JSON.stringify({ lang: 'de', place }));
    const app = await stage.offlineApp();
    const area = await app.electron.evaluate(({ screen }) => screen.getPrimaryDisplay().workArea);
    const bounds = await boundsOf(app);
    expect(bounds).toMatchObject({ width: 600, height: 500 });
    expect(bounds?.x).toBeGreaterThanOrEqual(area.x);
    expect((bounds?.x ?? 0) + 600).toBeLessThanOrEqual(area.x + area.width);
    await app.close();
    const kept: unknown = JSON.parse(readFileSync(file, 'utf8'));
    expect(kept).toMatchObject({ lang: 'de', place: { width: 600, height: 500 } });
  });
});
