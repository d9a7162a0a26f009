import Database from 'better-sqlite3';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { expect, test as base } from 'vitest';
import { MIGRATIONS } from '../../../src-main/store/migrations/index.js';
import { MOST_COUNTS } from '../../../src-main/store/gate-counts.js';
import { MOST_BATCHES } from '../../../src-main/store/tool-batches.js';
import { LONGEST_TOOL_VALUE, MOST_TOOL_KEYS } from '../../../src-main/store/tool-data.js';
import type { Store } from '../../../src-main/store/index.js';
import { mustOpen } from '../../support/client/open-store.js';
import { temporaryFolder } from '../../support/client/temporary-folder.js';

const test = base.extend<{ file: string; store: Store }>({
  // eslint-disable-next-line no-empty-pattern
  file: async ({}, use) => {
    const { folder, remove } = temporaryFolder('gate-store');
    await use(path.join(folder, 'sayso.db'));
    remove();
  },
  store: async ({ file }, use) => {
    const store = mustOpen(file);
    await use(store);
    store.close();
  },
});

const OWNER = { service: 'alpha', tool: 'usage', subject: '' };

test('a profile of the time before the gate gets its tables', ({ file }) => {
  const old = new Database(file);
  old.exec(MIGRATIONS[0] ?? '');
  old.pragma('user_version = 1');
  old.close();
  const store = mustOpen(file);
  expect(store.toolData.put(OWNER, 'queue', '[]')).toBe(true);
  expect(store.gateCounts.all('alpha')).toEqual([]);
  expect(store.toolBatches.tools('alpha')).toEqual([]);
  store.close();
});

test('what a tool keeps is bounded, belongs to one subject and goes as a whole', ({ store }) => {
  const { toolData } = store;
  for (let n = 0; n < MOST_TOOL_KEYS; n += 1) {
    expect(toolData.put(OWNER, `key-${n}`, 'x')).toBe(true);
  }
  expect(toolData.put(OWNER, 'one-more', 'x')).toBe(false);
  expect(toolData.put(OWNER, 'key-0', 'again')).toBe(true);
  expect(toolData.put(OWNER, 'key-0', 'x'.repeat(LONGEST_TOOL_VALUE))).toBe(false);
  expect(toolData.get(OWNER, 'key-0')).toBe('again');
  const other = { ...OWNER, subject: 'account' };
  expect(toolData.get(other, 'key-0')).toBeNull();
  toolData.purge('alpha', 'usage', '');
  expect(toolData.get(OWNER, 'key-0')).toBe('again');
  toolData.purge('alpha', 'usage', 'account');
  expect(toolData.tools('alpha')).toEqual([]);
});

test('batches are remembered up to a number, newest first, and forgotten address by address', ({
  store,
}) => {
  const { toolBatches } = store;
  const made = Array.from({ length: MOST_BATCHES + 3 }, () => randomUUID());
  store.commit(() => {
    made.forEach((batch, index) => {
      toolBatches.add(batch, 'alpha', 'usage', index % 2 === 0 ? 'https://a' : 'https://b', index);
    });
  });
  expect(toolBatches.toForget('alpha', 10)).toEqual([]);
  toolBatches.forget('alpha', 'usage');
  const first = toolBatches.toForget('alpha', 10);
  expect(first.map(({ batch }) => batch)).toEqual(
    [3, 5, 7, 9, 11, 13, 15, 17, 19, 21].map((n) => made[n]),
  );
  expect(new Set(first.map(({ baseAddress }) => baseAddress))).toEqual(new Set(['https://b']));
  toolBatches.remove(first.map(({ batch }) => batch));
  expect(toolBatches.toForget('alpha', 1)[0]?.batch).toBe(made[4]);
});

test('what the gate did adds up, and no page can make it grow for ever', ({ store }) => {
  const { gateCounts } = store;
  const count = { tool: '', kind: 'image', reason: 'host-not-declared', times: 2 };
  const at = (ms: number) => ({ firstAtMs: ms, lastAtMs: ms });
  gateCounts.add('alpha', [{ ...count, host: 'a.example', ...at(5) }]);
  gateCounts.add('alpha', [{ ...count, host: 'a.example', ...at(9) }]);
  expect(gateCounts.all('alpha')).toEqual([
    { ...count, host: 'a.example', times: 4, firstAtMs: 5, lastAtMs: 9 },
  ]);
  const many = Array.from({ length: MOST_COUNTS + 20 }, (_, n) => {
    return { ...count, host: `h${n}.example`, ...at(20) };
  });
  store.commit(() => {
    gateCounts.add('alpha', many);
  });
  const lines = gateCounts.all('alpha');
  expect(lines.length).toBe(MOST_COUNTS + 1);
  expect(lines.find(({ host }) => host === '*')?.times).toBe(2 * 21);
  gateCounts.clear('alpha');
  expect(gateCounts.all('alpha')).toEqual([]);
});
