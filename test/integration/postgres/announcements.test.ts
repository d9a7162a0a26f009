import pg from 'pg';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Announcement } from '../../../src-server/store/announcements.js';
import { createPostgresStore } from '../../../src-server/store/postgres.js';
import type { Store } from '../../../src-server/store/store.js';
import { usePostgres } from '../../support/postgres/use-postgres.js';

const postgres = usePostgres();
const stores: Store[] = [];
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
});

interface Node {
  readonly store: Store;
  readonly heard: Announcement[];
}

async function node(address: string): Promise<Node> {
  const store = await createPostgresStore(address, 0);
  stores.push(store);
  const heard: Announcement[] = [];
  store.announcements.listen((announcement) => void heard.push(announcement));
  return { store, heard };
}

const until = (claim: () => void) => vi.waitFor(claim, { timeout: 15_000, interval: 5 });
const decisionsOf = (accountId: string): Announcement => ({ kind: 'decisions', accountId });

describe('announcements', () => {
  it('are heard by every server on the database, the one that makes them too, and by no other', async () => {
    const address = await postgres.newDatabase();
    const [one, other] = await Promise.all([node(address), node(address)]);
    const stranger = await node(await postgres.newDatabase());
    one.store.announcements.announce(decisionsOf('a'));
    other.store.announcements.announce({ kind: 'sessions', accountId: 'b' });
    const all = [decisionsOf('a'), { kind: 'sessions', accountId: 'b' }];
    for (const { heard } of [one, other]) {
      await until(() => {
        expect(heard).toHaveLength(2);
        expect(heard).toEqual(expect.arrayContaining(all));
      });
    }
    expect(stranger.heard).toEqual([]);
  });

  it('arrive however many are made at once, the same one not each time', async () => {
    const address = await postgres.newDatabase();
    const [one, other] = await Promise.all([node(address), node(address)]);
    const ids = Array.from({ length: 300 }, (_, index) => String(index).padStart(64, 'x'));
    for (const id of [...ids, ...ids]) one.store.announcements.announce(decisionsOf(id));
    await until(() => {
      const told = other.heard.map((said) => 'accountId' in said && said.accountId);
      expect(new Set(told)).toEqual(new Set(ids));
    });
    expect(other.heard.length).toBeLessThan(2 * ids.length);
  });

  it('say that anything may have happened once a lost connection is back, and then go on', async () => {
    const address = await postgres.newDatabase();
    const { store, heard } = await node(address);
    const client = new pg.Client({ connectionString: address });
    await client.connect();
    await client.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and query like 'listen%'`);
    await client.end();
    await until(() => {
      expect(heard).toEqual([{ kind: 'anything' }]);
    });
    store.announcements.announce(decisionsOf('a'));
    await until(() => {
      expect(heard).toContainEqual(decisionsOf('a'));
    });
  });

  it('of a newer server, in a form of its own, may mean anything', async () => {
    const address = await postgres.newDatabase();
    const { heard } = await node(address);
    const client = new pg.Client({ connectionString: address });
    await client.connect();
    await client.query(`select pg_notify('sayso', '[{"kind":"weather"}]')`);
    await client.end();
    await until(() => {
      expect(heard).toEqual([{ kind: 'anything' }]);
    });
  });
});
