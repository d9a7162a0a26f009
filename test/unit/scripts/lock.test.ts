import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { withLock } from '../../../scripts/lib/lock.mjs';
import { startTicks } from '../../../scripts/lib/process-identity.mjs';
import { temporaryFolder } from './temporary.js';

/** The id of a process that has just ended. */
function endedProcess(): number {
  const { pid } = spawnSync(process.execPath, ['-e', ''], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
  return pid;
}

test('the lock is there during the work and gone afterwards', async () => {
  const file = join(await temporaryFolder(), 'deep', 'a.lock');
  const seen = await withLock(file, () => readFile(file, 'utf8'));
  expect(JSON.parse(seen)).toMatchObject({ pid: process.pid });
  expect(existsSync(file)).toBe(false);
});

test('the lock is gone also when the work fails', async () => {
  const file = join(await temporaryFolder(), 'a.lock');
  await expect(withLock(file, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(existsSync(file)).toBe(false);
});

test('one at a time, and the waiting ones are told by whom', async () => {
  const folder = await temporaryFolder();
  const file = join(folder, 'a.lock');
  const onWait = vi.fn();
  let inside = 0;
  let most = 0;
  const work = async () => {
    inside += 1;
    most = Math.max(most, inside);
    // The first goes on once all the others wait: one that looks later may find nobody to wait for.
    await vi.waitFor(() => expect(onWait).toHaveBeenCalledTimes(7), { timeout: 20_000 });
    inside -= 1;
  };
  await Promise.all(Array.from({ length: 8 }, () => withLock(file, work, { onWait, pollMs: 2 })));
  expect(most).toBe(1);
  expect(onWait).toHaveBeenCalledTimes(7);
  expect(onWait).toHaveBeenCalledWith(process.pid);
  expect(await readdir(folder)).toEqual([]);
});

test.each<[string, () => string]>([
  ['a process that has ended', () => JSON.stringify({ pid: endedProcess(), start: '1' })],
  [
    'a process id that now means another process',
    () => JSON.stringify({ pid: process.ppid, start: '1' }),
  ],
  ['nobody, because it is damaged', () => '{"pid": 12'],
  ['nobody, because it is empty', () => ''],
  ['an impossible process', () => JSON.stringify({ pid: 0 })],
])('a lock held by %s is broken', async (_name, content) => {
  const folder = await temporaryFolder();
  const file = join(folder, 'a.lock');
  await writeFile(file, content());
  expect(await withLock(file, () => Promise.resolve('done'))).toBe('done');
  expect(await readdir(folder)).toEqual([]);
});

test('many who find the same stale lock still work one at a time', async () => {
  const file = join(await temporaryFolder(), 'a.lock');
  await writeFile(file, JSON.stringify({ pid: endedProcess(), start: '1' }));
  let inside = 0;
  const work = async () => {
    inside += 1;
    expect(inside).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 3));
    inside -= 1;
  };
  await Promise.all(Array.from({ length: 10 }, () => withLock(file, work, { pollMs: 1 })));
});

test('waiting ends when the user stops the run', async () => {
  const file = join(await temporaryFolder(), 'a.lock');
  await writeFile(file, JSON.stringify({ pid: process.pid, start: startTicks(process.pid) }));
  const stop = new AbortController();
  const waiting = withLock(file, () => Promise.resolve(), {
    signal: stop.signal,
    onWait: () => stop.abort(),
  });
  await expect(waiting).rejects.toThrow(/abort/i);
});
