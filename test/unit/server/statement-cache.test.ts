import type { SqliteDatabase, SqliteStatement } from 'kysely';
import { describe, expect, it } from 'vitest';
import { withStatementCache } from '../../../src-server/store/statement-cache.js';

/** Counts what is prepared; the statements themselves do nothing. */
function countingDatabase() {
  const prepared: string[] = [];
  const nothing = (): never => {
    throw new Error('not run here');
  };
  const database: SqliteDatabase = {
    prepare(sql): SqliteStatement {
      prepared.push(sql);
      return { reader: true, all: nothing, run: nothing, iterate: nothing };
    },
    close: nothing,
  };
  return { prepared, database };
}

describe('the statement cache', () => {
  it('prepares each text once', () => {
    const { prepared, database } = countingDatabase();
    const cached = withStatementCache(database);
    const [first, other, again] = ['a', 'b', 'a'].map((sql) => cached.prepare(sql));
    expect(again).toBe(first);
    expect(other).not.toBe(first);
    expect(prepared).toEqual(['a', 'b']);
  });

  it('keeps what is in use and lets go of what was not used for longest', () => {
    const { prepared, database } = countingDatabase();
    const cached = withStatementCache(database);
    for (let text = 0; text < 250; text += 1) {
      cached.prepare(`rare ${text}`);
      cached.prepare('often');
    }
    expect(prepared.filter((sql) => sql === 'often')).toHaveLength(1);
    cached.prepare('rare 249');
    cached.prepare('rare 0');
    expect(prepared.filter((sql) => sql === 'rare 249')).toHaveLength(1);
    expect(prepared.filter((sql) => sql === 'rare 0')).toHaveLength(2);
  });
});
