import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { prepareInsertAlike } from '../../../src-server/store/sqlite-insert-alike.js';
import { tries } from '../../support/client/property.js';

interface Row {
  readonly name: string | null;
  readonly said: string;
  readonly kind: number;
  readonly held: number | null;
}
const COLUMNS = { name: 'text', said: 'text', kind: 'bigint', held: 'bigint' };

let database: Database.Database;
beforeEach(() => {
  database = new Database(':memory:');
  database.exec(
    'create table said (position integer primary key, name text, said text unique, kind, held)',
  );
});
afterEach(() => database.close());

const insert = () =>
  prepareInsertAlike<Row>(database, 'said', COLUMNS, ['name', 'kind', 'held'] as const);

it('puts rows there as they are and in their order, however many of them are alike', () => {
  const put = insert();
  const alike = fc.record({
    name: fc.constantFrom('a', 'b', null),
    kind: fc.constantFrom(0, 1),
    held: fc.constantFrom(0, null),
  });
  const runs = fc.array(fc.tuple(alike, fc.integer({ min: 1, max: 60 })), { maxLength: 6 });
  const property = fc.property(runs, (drawn) => {
    database.exec('delete from said');
    const rows = drawn
      .flatMap(([one, count]) => Array.from({ length: count }, () => one))
      .map((one, place): Row => ({ said: `${place}`, ...one }));
    put(rows);
    const kept = database.prepare('select name, said, kind, held from said order by position');
    expect(kept.all()).toEqual(rows);
  });
  fc.assert(property, tries(200));
});

it('puts nothing there of rows one of which has a place that is taken', () => {
  const put = insert();
  const rows = Array.from({ length: 30 }, (_, at): Row => {
    return { name: 'a', said: `${at % 29}`, kind: 0, held: null };
  });
  const inTransaction = database.transaction(() => put(rows));
  expect(() => inTransaction()).toThrow(/UNIQUE/);
  expect(() => put([...rows.slice(0, 24), ...rows.slice(0, 1)])).toThrow(/UNIQUE/);
  expect(database.prepare('select count(*) from said').pluck().get()).toBe(0);
});
