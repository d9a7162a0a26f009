import { setImmediate } from 'node:timers/promises';
import { Kysely, sql, SqliteDialect, type Transaction } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RaceLostError } from '../../../src-server/store/failures.js';
import { createGroupCommit } from '../../../src-server/store/group-commit.js';
import { openSqliteFile } from '../../../src-server/store/sqlite.js';
import type { Tables } from '../../../src-server/store/tables.js';
import { createTransact, jitteredPause } from '../../../src-server/store/transactions.js';

let database: ReturnType<typeof openSqliteFile>;
let db: Kysely<Tables>;
let statements: string[];
beforeEach(() => {
  database = openSqliteFile(':memory:');
  database.exec('create table t (n integer primary key)');
  statements = [];
  db = new Kysely<Tables>({
    dialect: new SqliteDialect({ database }),
    log: ({ query }) => void statements.push(query.sql),
  });
});
afterEach(() => db.destroy());

const kept = () => database.prepare('select n from t order by n').pluck().all();
const commits = () => statements.filter((text) => text === 'commit').length;
const add = (n: number) => async (transaction: Transaction<Tables>) => {
  await sql`insert into t values (${n})`.execute(transaction);
  return n;
};
const alone = () => createTransact(db, () => Promise.resolve());
const grouped = () => createGroupCommit(db, alone(), setImmediate);

describe('a transaction', () => {
  it('runs again, as a whole, when it lost a race, and not for anything else', async () => {
    const pauses: number[] = [];
    const transact = createTransact(db, (tries) => {
      pauses.push(tries);
      return Promise.resolve();
    });
    let left = 3;
    const result = await transact(async (transaction) => {
      await add(left)(transaction);
      if ((left -= 1) > 0) throw new RaceLostError('test');
      return 'done';
    });
    expect([result, pauses, kept()]).toEqual(['done', [1, 2], [1]]);
    const other = transact(() => Promise.reject(new Error('other')));
    await expect(other).rejects.toThrow('other');
    expect(pauses).toEqual([1, 2]);
  });

  it('gives up in the end', async () => {
    let tries = 0;
    const hopeless = alone()(() => {
      tries += 1;
      return Promise.reject(new RaceLostError('always'));
    });
    await expect(hopeless).rejects.toThrow('always');
    expect(tries).toBe(10);
  });

  it('waits a random part of a span that doubles up to a bound', async () => {
    const waits: number[] = [];
    const pause = jitteredPause(
      () => 0.5,
      (ms) => Promise.resolve(waits.push(ms)),
    );
    for (const tries of [1, 2, 3, 9]) await pause(tries);
    expect(waits).toEqual([10, 20, 40, 250]);
  });
});

describe('transactions that share a commit', () => {
  it('are answered each with its own value, in order, after one commit', async () => {
    const transact = grouped();
    const values = await Promise.all([1, 2, 3].map((n) => transact(add(n))));
    expect([values, kept(), commits()]).toEqual([[1, 2, 3], [1, 2, 3], 1]);
  });

  it('take back only the one that fails', async () => {
    const transact = grouped();
    const settled = await Promise.allSettled([
      transact(add(1)),
      transact(async (transaction) => {
        await add(2)(transaction);
        throw new Error('no');
      }),
      transact(add(1)),
      transact(add(3)),
    ]);
    expect(settled.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
      'fulfilled',
    ]);
    expect([kept(), commits()]).toEqual([[1, 3], 1]);
  });

  it('are all told when the commit fails, and none is said to be kept', async () => {
    const transact = grouped();
    database.pragma('foreign_keys = ON');
    database.exec(`create table child (n references t(n) deferrable initially deferred)`);
    const orphan = async (transaction: Transaction<Tables>) => {
      await sql`insert into child values (99)`.execute(transaction);
    };
    const settled = await Promise.allSettled([transact(orphan), transact(add(1))]);
    // What spoilt the commit fails alone once more; the other one did nothing wrong.
    expect(settled.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(kept()).toEqual([1]);
  });

  it('are bounded by what they weigh, and one that is heavier goes by itself', async () => {
    const transact = grouped();
    await Promise.all([600, 600, 300, 2000].map((weight, n) => transact(add(n), weight)));
    expect([kept(), commits()]).toEqual([[0, 1, 2, 3], 3]);
  });
});
