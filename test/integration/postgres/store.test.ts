import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { newSigningKey } from '../../../src-server/keys/signing-key.js';
import { openStore } from '../../../src-server/open-store.js';
import { NewerDatabaseError } from '../../../src-server/store/migrate.js';
import { migrations } from '../../../src-server/store/migrations/index.js';
import { createPostgresStore } from '../../../src-server/store/postgres.js';
import type { Store } from '../../../src-server/store/store.js';
import { usePostgres } from '../../support/postgres/use-postgres.js';

const postgres = usePostgres();

/** A new key from the byte that is given, so that nothing here is random. */
const keyOf = (byte: number) => newSigningKey((size) => Buffer.alloc(size, byte));

/** Asks the database itself. */
async function ask(address: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  const { rows } = await client.query<Record<string, unknown>>(text);
  await client.end();
  return rows;
}

async function closeAll(stores: readonly Store[]): Promise<void> {
  for (const store of stores) await store.close();
}

describe('a PostgreSQL database', () => {
  it('is brought to the newest shape once, however many servers begin on it at once', async () => {
    const address = await postgres.newDatabase();
    const stores = await Promise.all(
      [1, 2, 3, 4].map((nowMs) => createPostgresStore(address, nowMs)),
    );
    expect(new Set(stores.map(({ feed }) => feed)).size).toBe(1);
    const done = await ask(address, 'select number from schema_migrations order by number');
    expect(done).toEqual(migrations.map(({ number }) => ({ number })));
    await closeAll(stores);
  });

  it('has a feed of its own', async () => {
    const stores = await Promise.all(
      [1, 2].map(async () => createPostgresStore(await postgres.newDatabase(), 0)),
    );
    const feeds = stores.map(({ feed }) => feed);
    for (const feed of feeds) expect(feed).toMatch(/^[0-9a-f]{16}$/);
    expect(feeds[0]).not.toBe(feeds[1]);
    await closeAll(stores);
  });

  it('of a newer server is refused and not touched', async () => {
    const address = await postgres.newDatabase();
    await (await createPostgresStore(address, 0)).close();
    await ask(address, `insert into schema_migrations values (99, 'from-the-future', 0)`);
    await expect(createPostgresStore(address, 0)).rejects.toThrow(NewerDatabaseError);
  });

  it('keeps one signing key in use, whoever makes or changes it at the same moment', async () => {
    const address = await postgres.newDatabase();
    const stores = await Promise.all([0, 0, 0, 0].map((now) => createPostgresStore(address, now)));
    await Promise.all(
      stores.map((store, index) => store.signingKeys.ensure(() => keyOf(index), 10)),
    );
    const inUse = 'select kid from signing_keys where retired_at_ms is null';
    const [first, ...others] = await ask(address, 'select kid from signing_keys');
    expect(others).toEqual([]);
    const retired = await Promise.all(
      stores.map((store, index) => store.signingKeys.rotate(keyOf(10 + index), 20)),
    );
    expect(retired).toContain((first as { kid: string }).kid);
    // Each rotation retired the one before it, and none was retired twice.
    expect(new Set(retired).size).toBe(4);
    expect(await ask(address, inUse)).toHaveLength(1);
    for (const store of stores) expect(await store.signingKeys.list()).toHaveLength(5);
    await closeAll(stores);
  });

  it('that does not wait for its disk does so for us', async () => {
    const address = await postgres.newDatabase();
    const name = new URL(address).pathname.slice(1);
    await ask(address, `alter database ${name} set synchronous_commit = off`);
    await ask(address, `alter database ${name} set default_transaction_isolation = serializable`);
    const store = await createPostgresStore(address, 0);
    // The settings of a connection are seen by a trigger that runs in it.
    await ask(
      address,
      `create table seen (name text, value text);
       create function see() returns trigger language plpgsql as $$ begin
         insert into seen select name, setting from pg_settings
           where name in ('synchronous_commit', 'transaction_isolation');
         return new; end $$;
       create trigger see after insert on signing_keys for each row execute function see()`,
    );
    await store.signingKeys.ensure(() => keyOf(1), 0);
    expect(await ask(address, 'select * from seen order by name')).toEqual([
      { name: 'synchronous_commit', value: 'local' },
      { name: 'transaction_isolation', value: 'read committed' },
    ]);
    await store.close();
  });

  it('that cannot be used is named by what is wrong, without its password', async () => {
    const address = await postgres.newDatabase();
    const wrong = new URL(address);
    wrong.password = 'hunter2';
    const unknown = new URL(address);
    unknown.pathname = '/nowhere';
    const closed = new URL(address);
    closed.port = '1';
    const tries: [URL, string][] = [
      [wrong, 'password authentication failed'],
      [unknown, '"nowhere" does not exist'],
      [closed, 'ECONNREFUSED'],
    ];
    for (const [url, reason] of tries) {
      const opening = openStore({ data: '', database: url.href }, 0);
      const error = await opening.then(() => null).catch((thrown: unknown) => thrown as Error);
      expect(error?.message).toContain(reason);
      expect(JSON.stringify(error)).not.toContain(url.password);
      expect(error?.message).not.toContain(url.password);
    }
  });

  it('is asked for numbers that are exact, or not at all', async () => {
    const address = await postgres.newDatabase();
    const store = await createPostgresStore(address, 0);
    await ask(
      address,
      `insert into accounts values ('a', 'alpha', 'e', 'e', 'h', 9007199254740991)`,
    );
    expect(await store.accounts.findByEmail('alpha', 'e')).toMatchObject({
      created_at_ms: Number.MAX_SAFE_INTEGER,
    });
    await ask(address, 'update accounts set created_at_ms = 9007199254740992');
    await expect(store.accounts.findByEmail('alpha', 'e')).rejects.toThrow();
    await store.close();
  });
});
