import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { mustCommit, mustOpen } from '../../support/client/open-store.js';
import { temporaryFolder } from '../../support/client/temporary-folder.js';
import type { Store } from '../../../src-main/store/index.js';

let file: string;
let store: Store;
let remove: () => void;
beforeEach(() => {
  const made = temporaryFolder('holdings');
  ({ remove } = made);
  file = path.join(made.folder, 'sayso.db');
  store = mustOpen(file);
});
afterEach(() => {
  store.close();
  remove();
});

const rowsOf = (table: string): number =>
  store.holdings.of('alpha').find((held) => held.table === table)?.rows ?? 0;

it('what the database holds is read again after every write, whoever wrote, and not before', () => {
  expect(rowsOf('vault')).toBe(0);
  mustCommit(store, () => store.vault.put('alpha', 'account', Buffer.from([1, 2, 3])));
  expect(rowsOf('vault')).toBe(1);
  expect(store.holdings.of('alpha')).toBe(store.holdings.of('alpha'));
  expect(store.holdings.of('beta').some(({ table }) => table === 'vault')).toBe(false);

  const other = new Database(file);
  other.exec(`CREATE TABLE unheard_of (service TEXT); INSERT INTO unheard_of VALUES ('alpha')`);
  expect(rowsOf('unheard_of')).toBe(1);
  other.exec('DELETE FROM unheard_of');
  other.close();
  expect(rowsOf('unheard_of')).toBe(0);
});
