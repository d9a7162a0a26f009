import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { headIds } from '../../../src-shared/consent/effective-state.js';
import { bundledProgram, type BundledProgram } from '../../support/client/bundled-child.js';
import { CHILD_ACCOUNT } from '../../support/client/deciding-child.js';
import { mustOpen } from '../../support/client/open-store.js';
import { decisionsIn, outboxIn } from '../../support/client/rows.js';
import { until } from '../../support/client/server-world.js';
import { temporaryFolder } from '../../support/client/temporary-folder.js';

const ROUNDS = 5;

let program: BundledProgram;
const temporary = temporaryFolder('killed');
beforeAll(async () => {
  program = await bundledProgram('deciding-child');
});
afterAll(async () => {
  await program.remove();
  temporary.remove();
});

/** Lets the child decide until it has confirmed so many decisions, then kills it in the middle of the next ones. */
async function confirmedBeforeKill(atLeast: number): Promise<string[]> {
  const child = program.start([temporary.folder]);
  try {
    await until(() => {
      if (child.process.exitCode !== null) throw new Error(`it ended by itself: ${child.errors()}`);
      expect(child.lines().length).toBeGreaterThanOrEqual(atLeast);
    });
  } finally {
    child.process.kill('SIGKILL');
    await child.ended;
  }
  return child.lines();
}

describe('a process that is killed while it decides', () => {
  it(
    `has every decision it confirmed on the disk, exactly once (${ROUNDS} rounds)`,
    { timeout: 120_000 },
    async () => {
      const file = path.join(temporary.folder, 'sayso.db');
      const confirmed: string[] = [];
      for (let round = 1; round <= ROUNDS; round += 1) {
        const before = confirmed.length;
        confirmed.push(...(await confirmedBeforeKill(20 + round * 13)));
        expect(confirmed.length).toBeGreaterThan(before);

        const store = mustOpen(file);
        const decisions = decisionsIn(file).map(({ decision }) => decision);
        const ids = decisions.map(({ id }) => id);
        const counts = confirmed.map((id) => ids.filter((one) => one === id).length);
        expect(counts.filter((count) => count !== 1)).toEqual([]);
        // At most one of each round was kept without having been confirmed any more.
        expect(ids.length - confirmed.length).toBeLessThanOrEqual(round);
        // What was decided, what is to be sent and what holds came into being together.
        expect(outboxIn(file, 'waiting')).toEqual(ids);
        expect(decisions.map(({ seq }) => seq)).toEqual(ids.map((_, index) => index + 1));
        const heads = store.register
          .headsOf('alpha', CHILD_ACCOUNT, 'analytics')
          .map(({ id }) => id);
        expect(heads.toSorted()).toEqual(headIds(decisions, 'analytics'));
        store.close();
      }
    },
  );
});
