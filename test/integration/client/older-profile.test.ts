import Database from 'better-sqlite3';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { checkDatabase } from '../../../src-main/store/index.js';
import { mustOpen } from '../../support/client/open-store.js';
import { temporaryFolder } from '../../support/client/temporary-folder.js';

const WRITTEN = path.join(import.meta.dirname, '../../support/client/profile-of-schema-5.sql');
const SERVICE = 'alpha';

test('a profile as schema 5 wrote it comes to the newest one whole, under the seal that it had', async () => {
  const { folder, remove } = temporaryFolder('older-profile');
  const file = path.join(folder, 'sayso.db');
  const old = new Database(file);
  old.exec(readFileSync(WRITTEN, 'utf8'));
  old.pragma('user_version = 5');
  const noted = old.prepare('SELECT id, received_at_ms AS at FROM decision ORDER BY row').all() as {
    readonly id: string;
    readonly at: number | null;
  }[];
  old.close();
  const store = mustOpen(file);
  expect(store.meta.suspect(SERVICE)).toBeNull();
  const rows = store.history.all(SERVICE, store.sessions.get(SERVICE)?.accountId ?? '');
  expect(rows.map(({ id, receivedAtMs }) => ({ id, at: receivedAtMs }))).toEqual(noted);
  const taken = noted.map(({ at }) => at !== null);
  expect(taken).toEqual([true, true, true, true, true, true, true, false]);
  expect(rows.map(({ receipt, id }) => receipt?.leaf.id === id)).toEqual(taken);
  const settled = ({ id, link }: (typeof rows)[number]): boolean =>
    store.decisions.isSettled(id, link?.entryHash ?? '');
  const erased = rows.map(({ said }) => said.kind === 'erased');
  expect(erased.filter(Boolean)).toHaveLength(1);
  expect(rows.map(settled)).toEqual(taken.map((isTaken, index) => isTaken && !erased[index]));
  // The next commit goes on from the sums as they were.
  store.commit(() => {
    for (const { id } of rows) store.outbox.remove(id);
  });
  store.commit(() => void store.decisions.markReceived(rows.at(-1)?.id ?? '', 5));
  store.close();
  expect(await checkDatabase(file)).toEqual({ findings: {}, unreadable: null, entries: 8 });
  remove();
});
