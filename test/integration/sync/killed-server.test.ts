import { cpSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tries } from '../../support/client/property.js';
import { temporaryFolder } from '../../support/client/temporary-folder.js';
import { rounds } from '../../support/counts.js';
import { randomFrom } from '../../support/faults/samples.js';
import { decide, dieUnderLoad, rest } from '../../support/network/death-under-load.js';
import { NetworkRecord } from '../../support/network/network-record.js';
import { processWorld } from '../../support/network/process-world.js';
import { serverTemplate, type ServerTemplate } from '../../support/network/server-template.js';
import { serverProgram, type ServerProgram } from '../../support/server/server-process.js';

/** Looking whether all are the same takes as long as their history is, so one server is killed only so often. */
const DEATHS_OF_ONE = 5;
const ROUNDS = rounds('serverKills');

let program: ServerProgram;
let template: ServerTemplate;
beforeAll(async () => {
  [program, template] = await Promise.all([serverProgram(), serverTemplate()]);
});
afterAll(async () => {
  await program.remove();
  template.remove();
});

/** Kills one server, on one SQLite file, again and again under the hands of its clients. */
async function killAgainAndAgain(times: number, random: () => number): Promise<void> {
  const { folder, remove } = temporaryFolder('killed-server');
  const data = path.join(folder, 'data');
  cpSync(template.folder, data, { recursive: true });
  let server = await program.start(['--data', data]);
  const accountOf = Array.from({ length: 2 + Math.floor(random() * 4) }, () =>
    random() < 0.75 ? 0 : 1,
  );
  const world = await processWorld(server, template.accounts, accountOf);
  const record = new NetworkRecord();
  try {
    for (let death = 1; death <= times; death += 1) {
      await dieUnderLoad(world, record, random, async () => {
        await server.kill();
        world.reach(null);
      });
      for (const device of world.devices) await decide(device, record, random);
      server = await program.start(['--data', data]);
      world.reach(server);
      expect(await rest(world, record), `death ${death}`).toEqual([]);
    }
    expect(record.saved.length).toBeGreaterThanOrEqual(times * world.devices.length);
    await server.stop();
  } finally {
    await world.remove();
    remove();
  }
}

describe('a server that is a real process, killed while clients decide and sync', () => {
  it(
    `has nothing lost and nothing doubled, and all are the same after each of ${ROUNDS} deaths`,
    { timeout: 60_000 + ROUNDS * 60_000 },
    async () => {
      const random = randomFrom(tries(ROUNDS).seed);
      for (let left = ROUNDS; left > 0; left -= DEATHS_OF_ONE) {
        await killAgainAndAgain(Math.min(left, DEATHS_OF_ONE), random);
      }
    },
  );
});
