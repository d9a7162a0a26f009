import Database from 'better-sqlite3';
import { describe, expect } from 'vitest';
import { outboxIn } from '../../support/client/rows.js';
import type { NetworkDevice } from '../../support/network/device.js';
import type { NetworkWorld } from '../../support/network/network-world.js';
import { press, signIn, synced, test, tryNow, until } from '../../support/network/sync-test.js';

const PRESSES = 20;

/** Signed in, at rest, with a second device of the same account. */
async function atRest(world: NetworkWorld): Promise<[NetworkDevice, NetworkDevice]> {
  const [device, other] = world.devices;
  if (!device || !other) throw new Error('there are two');
  for (const one of [device, other]) {
    await signIn(world, one);
    await synced(one);
  }
  return [device, other];
}

/** Whatever is said meanwhile waits for as long as the server asks for, and all of it arrives once it can. */
async function waitsAndArrives(
  world: NetworkWorld,
  [device, other]: [NetworkDevice, NetworkDevice],
  mend: () => void,
): Promise<void> {
  // More than the pages that are there already could take.
  for (let pair = 0; pair < PRESSES / 2; pair += 1) {
    await press(device, 'accept-all');
    await press(device, 'necessary-only');
  }
  await tryNow(device);
  await until(() =>
    expect(device.rig().view().sync).toEqual({
      state: 'waiting',
      waiting: PRESSES,
      problem: 'server-error',
    }),
  );
  // 5 s is what the reference server asks for.
  await until(() => expect(device.rig().timers.delaysMs()).toContain(5000));
  expect(device.rig().view().subject.kind).toBe('signed-in');
  const said = outboxIn(device.rig().file, 'waiting');
  expect(said).toHaveLength(PRESSES);
  mend();
  device.rig().timers.fireAll();
  await until(() => expect(device.rig().view().sync.state).toBe('synced'));
  const kept = world.server
    .database()
    .prepare<[], string>('SELECT id FROM entries ORDER BY position')
    .pluck()
    .all();
  expect(kept).toEqual(said);
  await tryNow(other);
  await until(() =>
    expect(other.rig().states()).toEqual({ analytics: 'denied', advertising: 'denied' }),
  );
}

describe('a server that cannot write', () => {
  test('because its database is locked: the client waits, and nothing is lost', async ({
    make,
  }) => {
    const world = await make(2);
    const devices = await atRest(world);
    const locker = new Database(world.server.database().name);
    locker.exec('BEGIN IMMEDIATE');
    try {
      await waitsAndArrives(world, devices, () => locker.exec('ROLLBACK'));
    } finally {
      locker.close();
    }
  });

  test('because its disk is full: the client waits, and nothing is lost', async ({ make }) => {
    const world = await make(2);
    const devices = await atRest(world);
    const database = world.server.database();
    // Without a free page inside the file either.
    database.exec('CREATE TABLE filler (page BLOB)');
    const pages = database.pragma('page_count', { simple: true }) as number;
    database.pragma(`max_page_count = ${pages}`);
    const fill = database.prepare('INSERT INTO filler VALUES (zeroblob(3000))');
    expect(() => {
      for (let room = 0; room < 10_000; room += 1) fill.run();
    }).toThrow(/full/);
    await waitsAndArrives(world, devices, () => {
      database.pragma('max_page_count = 1000000');
    });
  });
});
