import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tries } from '../../support/client/property.js';
import { randomFrom } from '../../support/faults/samples.js';
import { decide, dieUnderLoad, rest } from '../../support/network/death-under-load.js';
import { NetworkRecord } from '../../support/network/network-record.js';
import { processWorld } from '../../support/network/process-world.js';
import { usePostgres } from '../../support/postgres/use-postgres.js';
import { serverProgram, type ServerProgram } from '../../support/server/server-process.js';
import { createAccount } from '../server/support/client.js';

const DEATHS = 2;

const postgres = usePostgres();
let program: ServerProgram;
beforeAll(async () => {
  program = await serverProgram();
});
afterAll(() => program.remove());

describe('clients of several servers on one database', () => {
  it(
    `go on at another one each time theirs is killed under load, and nothing is lost or doubled (${DEATHS} deaths)`,
    { timeout: 300_000 },
    async () => {
      const random = randomFrom(tries(DEATHS).seed);
      const address = await postgres.newDatabase();
      const start = () => program.start(['--database', address]);
      let [theirs, next] = await Promise.all([start(), start()]);
      const accounts: { email: string; id: string }[] = [];
      for (const email of ['ada@example.org', 'bob@example.org']) {
        accounts.push({ email, id: (await createAccount(theirs.base, email)).id });
      }
      const world = await processWorld(theirs, accounts, [0, 0, 1]);
      const record = new NetworkRecord();
      try {
        for (let death = 1; death <= DEATHS; death += 1) {
          await dieUnderLoad(world, record, random, () => theirs.kill());
          for (const device of world.devices) await decide(device, record, random);
          world.reach(next);
          expect(await rest(world, record), `death ${death}`).toEqual([]);
          [theirs, next] = [next, await start()];
        }
      } finally {
        await world.remove();
      }
    },
  );
});
