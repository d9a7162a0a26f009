import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely, SqliteDialect } from 'kysely';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../src-shared/ledger/canonical.js';
import { pulledEntryOf } from '../../../src-server/decisions/pulled-entry.js';
import { migrate, NewerDatabaseError, type Migration } from '../../../src-server/store/migrate.js';
import { migrations } from '../../../src-server/store/migrations/index.js';
import { createSqliteStore, openSqliteFile } from '../../../src-server/store/sqlite.js';
import type { Tables } from '../../../src-server/store/tables.js';
import { call, newHandle, problemIn, createAccount, signIn } from './support/client.js';
import { decision, pull, push } from './support/decisions.js';
import { startTestServer } from './support/test-server.js';

describe('a restart', () => {
  it('keeps accounts, sessions, ends of sessions, decisions and cursors', async () => {
    let server = await startTestServer();
    try {
      const base = () => `${server.origin}/alpha`;
      await createAccount(base(), 'ada@example.org');
      const { handle, revokeHash } = newHandle();
      const { token, account } = await signIn(base(), 'ada@example.org', { revokeHash });
      const ended = await signIn(base(), 'ada@example.org');
      await call(`${base()}/v1/session`, 'DELETE', { token: ended.token });
      const sent = [decision(account.id, 1), decision(account.id, 2)];
      const [first] = await push(base(), token, sent);
      const before = await pull(base(), token);
      server.clock.nowMs += 1000;
      server = await server.restart();
      expect(await pull(base(), token)).toEqual(before);
      expect((await pull(base(), token, `?after=${before.cursor}`)).entries).toEqual([]);
      expect((await push(base(), token, sent))[0]).toEqual({ ...first, status: 'repeated' });
      const gone = await call(`${base()}/v1/session`, 'GET', { token: ended.token });
      expect(problemIn(gone).type).toBe('session-ended');
      await signIn(base(), 'ada@example.org');
      await call(`${base()}/v1/sessions/revoke`, 'POST', { body: { handle } });
      const revoked = await call(`${base()}/v1/session`, 'GET', { token });
      expect(problemIn(revoked).type).toBe('session-ended');
    } finally {
      await server.remove();
    }
  });
});

describe('the database file', () => {
  it('is opened so that what was answered is on disk and what refers to nothing is refused', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sayso-server-'));
    const database = openSqliteFile(join(folder, 'server.db'));
    const settings = ['journal_mode', 'synchronous', 'foreign_keys'].map((name) =>
      database.pragma(name, { simple: true }),
    );
    database.close();
    await rm(folder, { recursive: true });
    // SQLite's number for FULL is 2.
    expect(settings).toEqual(['wal', 2, 1]);
  });

  it('has every migration noted once and is refused when a newer server has used it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sayso-server-'));
    const file = join(folder, 'server.db');
    await (await createSqliteStore(openSqliteFile(file), 1000)).close();
    await (await createSqliteStore(openSqliteFile(file), 2000)).close();
    const database = openSqliteFile(file);
    const applied = database.prepare('select number, applied_at_ms from schema_migrations').raw();
    const numbers = migrations.map(({ number }) => number);
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    expect(applied.all()).toEqual(numbers.map((number) => [number, 1000]));
    database.exec(`insert into schema_migrations values (99, 'from-the-future', 0)`);
    database.close();
    await expect(createSqliteStore(openSqliteFile(file), 0)).rejects.toThrow(NewerDatabaseError);
    await rm(folder, { recursive: true });
  });

  it('of a server before ledgers opens with its decisions bare and its places taken', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sayso-server-'));
    const database = openSqliteFile(join(folder, 'server.db'));
    const before = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
    await migrate(before, migrations.slice(0, 4), 0);
    const old = [3, 1].map((seq) => decision('account-1', seq));
    const row = 'account-1,alpha,ada@example.org,ada@example.org,,0'.split(',');
    database.prepare('insert into accounts values (?, ?, ?, ?, ?, ?)').run(row);
    const insert = database.prepare('insert into decisions values (?, ?, ?, ?, ?, ?, 1000)');
    old.forEach((one, index) =>
      insert.run(10 * (index + 1), one.id, 'account-1', one.device, one.seq, canonicalJson(one)),
    );
    await before.destroy();
    const server = await startTestServer({ folder });
    try {
      const rows = await server.store.decisions.listAfter('account-1', null, 9);
      if (rows === 'expired') throw new Error('the start is always there');
      expect(rows.map((kept) => kept.position)).toEqual([10, 20]);
      expect(rows.map(pulledEntryOf)).toEqual(
        old.map((one) => ({ decision: one, receivedAt: '1970-01-01T00:00:01.000Z' })),
      );
      const entries = [...old, decision('account-1', 1), decision('account-1', 2)].map((one) => {
        const jcs = canonicalJson(one);
        return {
          entry: { form: 'bare' as const, id: one.id, decision: one, jcs },
          objection: null,
          mayErase: true,
        };
      });
      const outcomes = await server.store.decisions.take({
        sender: { accountId: 'account-1', deviceId: 'device-1' },
        entries,
        receivedAtMs: 2000,
        issue: () => ({ size: 1, textAt: () => '{}', jws: '', leafHashes: Buffer.alloc(0) }),
      });
      const repeated = { status: 'repeated', receivedAtMs: 1000, receipt: null };
      expect(outcomes).toMatchObject([
        repeated,
        repeated,
        { status: 'refused', problem: 'chain-fork' },
        { status: 'received' },
      ]);
      const newest = await server.store.decisions.newestPlaces(['account-1', 'account-2']);
      expect([...newest].map(([id, { position }]) => [id, position])).toEqual([['account-1', 21]]);
      // The database holds the places too, whatever the rules above it say.
      const twice = server.database.prepare(`insert into entries
        (id, account_id, device_id, seq, decision, received_at_ms) values ('x', 'account-1', ?, 2, '{}', 0)`);
      expect(() => twice.run('device-1')).toThrow('UNIQUE');
      twice.run('device-2');
    } finally {
      await server.remove();
    }
  });

  it('rolls a migration back as a whole when it breaks half-way', async () => {
    const database = openSqliteFile(':memory:');
    const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
    const broken: Migration = {
      number: 1,
      name: 'broken',
      async up(transaction) {
        await transaction.schema.createTable('half').addColumn('id', 'text').execute();
        throw new Error('power cut');
      },
    };
    await expect(migrate(db, [broken], 0)).rejects.toThrow('power cut');
    const tables = database.prepare(`select name from sqlite_master where type = 'table'`).pluck();
    expect(tables.all()).toEqual(['schema_migrations']);
    await db.destroy();
  });
});
