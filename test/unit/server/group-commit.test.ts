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
let commits: number;
beforeEach(() => {
  database = openSqliteFile(':memory:');
  database.exec('create table t (n integer primary key)');
  commits = 0;
  db = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
});
afterEach(() => db.destroy());

const kept = () => database.prepare('select n from t order by n').pluck().all();
const add = (n: number) => async (transaction: Transaction<Tables>) => {
  await sql`insert into t values (${n})`.execute(transaction);
  return n;
};
const alone = () => createTransact(db, () => Promise.resolve());
const addNow = (n: number) => () => {
  database.prepare('insert into t values (?)').run(n);
  return n;
};
const grouped = () => {
  const inTransaction = database.transaction((work: () => void) => work()).immediate;
  return createGroupCommit(
    alone(),
    (work) => {
      inTransaction(work);
      commits += 1;
    },
    setImmediate,
  );
};

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

describe('work that shares a commit', () => {
  it('is answered each with its own value, in order, after one commit', async () => {
    const { share } = grouped();
    const values = await Promise.all([1, 2, 3].map((n) => share(addNow(n), 1)));
    expect([values, kept(), commits]).toEqual([[1, 2, 3], [1, 2, 3], 1]);
  });

  it('takes back only what fails', async () => {
    const { share } = grouped();
    const half = () => {
      addNow(2)();
      throw new Error('no');
    };
    const settled = await Promise.allSettled([
      share(addNow(1), 1),
      share(half, 1),
      share(addNow(1), 1),
      share(addNow(3), 1),
    ]);
    expect(settled.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
      'fulfilled',
    ]);
    expect(kept()).toEqual([1, 3]);
  });

  it('is all told when the commit fails, and none is said to be kept', async () => {
    const { share } = grouped();
    database.pragma('foreign_keys = ON');
    database.exec(`create table child (n references t(n) deferrable initially deferred)`);
    const orphan = () => database.prepare('insert into child values (99)').run();
    const settled = await Promise.allSettled([share(orphan, 1), share(addNow(1), 1)]);
    // What spoilt the commit fails alone once more; the other one did nothing wrong.
    expect(settled.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(kept()).toEqual([1]);
  });

  it('is not tried one by one while somebody else holds the file', async () => {
    const busy = Object.assign(new Error('held'), { code: 'SQLITE_BUSY' });
    let tries = 0;
    const { share } = createGroupCommit(
      alone(),
      () => {
        tries += 1;
        throw busy;
      },
      setImmediate,
    );
    const settled = await Promise.allSettled([1, 2, 3].map((n) => share(addNow(n), 1)));
    expect(settled.map((one) => one.status === 'rejected' && one.reason === busy)).toEqual([
      true,
      true,
      true,
    ]);
    expect(tries).toBe(1);
  });

  it('is tried one by one when a disk takes a whole group back, since smaller ones may fit', async () => {
    const { share } = grouped();
    const full = () => {
      throw Object.assign(new Error('full'), { code: 'SQLITE_FULL' });
    };
    const settled = await Promise.allSettled([share(addNow(1), 1), share(full, 1)]);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(kept()).toEqual([1]);
  });

  it('is bounded by what it weighs, and what is heavier goes by itself', async () => {
    const { share } = grouped();
    await Promise.all([600, 600, 300, 2000].map((weight, n) => share(addNow(n), weight)));
    expect([kept(), commits]).toEqual([[0, 1, 2, 3], 3]);
  });

  it('takes turns with transactions that wait for things in between', async () => {
    const { share, transact } = grouped();
    const order: string[] = [];
    const slow = async (transaction: Transaction<Tables>) => {
      await add(2)(transaction);
      await setImmediate();
      order.push('slow');
    };
    await Promise.all([
      share(addNow(1), 1).then(() => order.push('first')),
      transact(slow),
      share(addNow(3), 1).then(() => order.push('last')),
    ]);
    expect([order, kept()]).toEqual([
      ['first', 'slow', 'last'],
      [1, 2, 3],
    ]);
  });
});
