import { describe, expect } from 'vitest';
import { checkDatabase } from '../../../src-main/store/index.js';
import { fixtureProfile } from '../../support/fixtures/service-profile.js';
import { countIn, decisionsIn, outboxIn } from '../../support/client/rows.js';
import {
  type Device,
  newEmail,
  pressOn,
  quietly,
  type ServerWorld,
  signInOn,
  syncNow,
  test,
  until,
} from '../../support/client/server-world.js';

const ALPHA = { service: 'alpha' };

async function synced(device: Device): Promise<void> {
  await syncNow(device);
  await until(() => expect(device.rig.view().sync).toMatchObject({ waiting: 0 }));
  await until(() => expect(['synced', 'error']).toContain(device.rig.view().sync.state));
}

function idsAt({ server }: ServerWorld): string[] {
  const sql = 'SELECT id FROM entries ORDER BY seq';
  return server.database
    .prepare(sql)
    .all()
    .map((row) => (row as { id: string }).id);
}

/** The service loses what it took after a moment, as when it is put back from a copy of then: entries, chains, everything. */
function copyOf({ server: { database } }: ServerWorld): () => void {
  const tables = database
    .prepare<[], string>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE '%VIRTUAL%'`,
    )
    .pluck()
    .all();
  const kept = tables.map((name) => ({
    name,
    rows: database.prepare(`SELECT * FROM ${name}`).raw().all() as unknown[][],
  }));
  return () => {
    database.pragma('foreign_keys = OFF');
    database.transaction(() => {
      for (const { name, rows } of kept) {
        database.prepare(`DELETE FROM ${name}`).run();
        for (const row of rows) {
          database
            .prepare(`INSERT INTO ${name} VALUES (${row.map(() => '?').join(', ')})`)
            .run(...row);
        }
      }
    })();
    database.pragma('foreign_keys = ON');
  };
}

describe('a service that was put back from a copy', () => {
  test('gets what it has lost when something new is said, and nobody’s ledger is doubted', async ({
    world,
  }) => {
    const device = await world.device();
    await signInOn(device, newEmail(), { create: true });
    await pressOn(device, 'accept-all');
    await synced(device);
    const putBack = copyOf(world);
    await pressOn(device, 'necessary-only');
    await pressOn(device, 'accept-all');
    await synced(device);
    await quietly(device);
    putBack();
    await pressOn(device, 'withdraw');
    const own = decisionsIn(device.rig.file).map(({ decision }) => decision.id);
    expect(own).toHaveLength(4);
    await until(() => expect(idsAt(world)).toEqual(own));
    await synced(device);
    expect(device.rig.view().ledger.state).not.toBe('suspect');
    expect((await checkDatabase(device.rig.file)).findings).toEqual({});
  });

  test.for(['read', 'not read'] as const)(
    'gets it also when nothing new is said, whether it was %s again before',
    async (before, { world }) => {
      const device = await world.device();
      await signInOn(device, newEmail(), { create: true });
      await pressOn(device, 'accept-all');
      await synced(device);
      await quietly(device);
      const putBack = copyOf(world);
      const pulled = device.network.hold('/v1/decisions', 'after');
      await pressOn(device, 'necessary-only');
      await pulled.reached;
      // The first is the answer to what was sent; the pull comes behind it.
      const next = device.network.hold('/v1/decisions', 'before');
      pulled.release();
      await next.reached;
      if (before === 'not read') device.network.up = false;
      next.release();
      await quietly(device);
      if (before === 'not read') await device.rig.crash();
      putBack();
      device.network.up = true;
      if (before === 'not read') await device.start().core.begin();
      await syncNow(device);
      const own = decisionsIn(device.rig.file).map(({ decision }) => decision.id);
      expect(own).toHaveLength(2);
      await until(() => expect(idsAt(world)).toEqual(own));
      await until(() => expect(outboxIn(device.rig.file, 'waiting')).toEqual([]));
      expect((await checkDatabase(device.rig.file)).findings).toEqual({});
    },
  );

  test('hears again of what was erased', async ({ world }) => {
    const device = await world.device();
    await signInOn(device, newEmail(), { create: true });
    await pressOn(device, 'accept-all');
    await synced(device);
    const putBack = copyOf(world);
    const [said] = decisionsIn(device.rig.file);
    await device.rig.handlers['history.erase']({ ...ALPHA, id: said?.decision.id ?? '' });
    const words = (): unknown =>
      world.server.database.prepare('SELECT count(decision) AS n FROM entries').get();
    await until(() => expect(words()).toEqual({ n: 0 }));
    await synced(device);
    await quietly(device);
    putBack();
    expect(words()).toEqual({ n: 1 });
    await pressOn(device, 'necessary-only');
    await synced(device);
    await until(() => expect(words()).toEqual({ n: 1 }));
    const kept = world.server.database.prepare('SELECT decision AS jcs FROM entries').all();
    expect(JSON.stringify(kept)).not.toContain('granted');
  });

  test('goes on behind a grant that it had refused', async ({ world }) => {
    const { manifest, policies } = fixtureProfile('alpha');
    const others = policies.map((policy) => ({
      ...policy,
      label: { ...policy.label, summary: 'A text that the service never published.' },
    }));
    const device = await world.device([{ manifest, policies: others }]);
    await signInOn(device, newEmail(), { create: true });
    await pressOn(device, 'necessary-only');
    await synced(device);
    const putBack = copyOf(world);
    // Under a text that nobody published.
    await pressOn(device, 'accept-all');
    await synced(device);
    await pressOn(device, 'necessary-only');
    await synced(device);
    expect(outboxIn(device.rig.file, 'refused')).toHaveLength(1);
    putBack();
    await pressOn(device, 'withdraw');
    await until(() => expect(idsAt(world)).toHaveLength(countIn(device.rig.file, 'decision')));
    await synced(device);
    expect(outboxIn(device.rig.file, 'refused')).toHaveLength(1);
    expect(device.rig.view().ledger.state).not.toBe('suspect');
    expect((await checkDatabase(device.rig.file)).findings).toEqual({});
  });

  test('that knows neither session nor key of this device takes everything after a sign-in', async ({
    world,
  }) => {
    const device = await world.device();
    const email = newEmail();
    await signInOn(device, email, { create: true });
    await device.rig.handlers['session.signOut'](ALPHA);
    await until(() => expect(countIn(device.rig.file, 'revoke_handle')).toBe(0));
    const putBack = copyOf(world);
    await signInOn(device, email);
    await pressOn(device, 'accept-all');
    await synced(device);
    putBack();
    await pressOn(device, 'necessary-only');
    await until(() => expect(device.rig.view().subject.kind).toBe('expired'));
    await signInOn(device, email);
    await synced(device);
    const own = decisionsIn(device.rig.file).map(({ decision }) => decision.id);
    await until(() => expect(idsAt(world)).toEqual(own));
    expect(device.rig.view().ledger.state).not.toBe('suspect');
    expect((await checkDatabase(device.rig.file)).findings).toEqual({});
  });
});
