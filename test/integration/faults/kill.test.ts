import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkDatabase } from '../../../src-main/store/index.js';
import { rounds } from '../../support/counts.js';
import { bundledProgram, type BundledProgram } from '../../support/client/bundled-child.js';
import { decisionsIn } from '../../support/client/rows.js';
import { until } from '../../support/client/server-world.js';
import { temporaryFolder } from '../../support/client/temporary-folder.js';
import { keptIn, linesOf } from '../../support/faults/child-lines.js';
import { fileKeychain } from '../../support/faults/file-keychain.js';
import { mustStart, SERVICES } from '../../support/faults/open-profile-rig.js';
import { makeSignedInProfile } from '../../support/faults/signed-in-profile.js';

/** The check of a whole ledger takes as long as it is, so a profile is killed only so often. */
const ROUNDS_PER_PROFILE = 50;

let program: BundledProgram;
beforeAll(async () => {
  program = await bundledProgram(
    'pressing-child',
    path.resolve(import.meta.dirname, '../../support/faults'),
  );
});
afterAll(() => program.remove());

/** Lets the child press until it has confirmed so many decisions, and kills it in the middle of the next ones. */
async function confirmedBeforeKill(
  folder: string,
  keychain: string,
  atLeast: number,
): Promise<string[]> {
  const child = program.start([folder, keychain]);
  try {
    await until(() => {
      if (child.process.exitCode !== null) {
        throw new Error(`it ended by itself: ${child.lines().at(-1)} ${child.errors()}`);
      }
      expect(child.lines().length).toBeGreaterThanOrEqual(atLeast);
    });
  } finally {
    child.process.kill('SIGKILL');
    await child.ended;
  }
  expect(linesOf(child).filter((line) => !('kept' in line))).toEqual([]);
  return keptIn(child);
}

/** Kills one profile again and again. */
async function killOneProfile(times: number): Promise<void> {
  const { folder: root, remove } = temporaryFolder('killed');
  const folder = path.join(root, 'profile');
  const keychain = path.join(root, 'keychain.json');
  const file = path.join(folder, 'sayso.db');
  try {
    await makeSignedInProfile(folder, keychain);
    const confirmed: string[] = [];
    for (let round = 1; round <= times; round += 1) {
      confirmed.push(...(await confirmedBeforeKill(folder, keychain, 1 + ((round * 7) % 17))));

      const ids = decisionsIn(file).map(({ decision }) => decision.id);
      expect(confirmed.filter((id) => ids.filter((one) => one === id).length !== 1)).toEqual([]);
      // At most one of each round was kept without having been confirmed any more.
      expect(ids.length - confirmed.length).toBeLessThanOrEqual(round);
      expect(await checkDatabase(file)).toEqual({
        findings: {},
        unreadable: null,
        entries: ids.length,
      });

      const app = mustStart({ folder, keychain: fileKeychain(keychain) });
      await app.core.begin();
      const reasons = SERVICES.map((service) => app.view(service).ledger.reason);
      expect(reasons).toEqual(SERVICES.map(() => null));
      expect(app.setAside).toBeNull();
      await app.stop();
    }
  } finally {
    remove();
  }
}

describe('an app that is killed while the person decides', () => {
  it(
    'keeps every confirmed decision exactly once, whole, and suspects nothing',
    { timeout: 7_200_000 },
    async () => {
      for (let left = rounds('kill'); left > 0; left -= ROUNDS_PER_PROFILE) {
        await killOneProfile(Math.min(left, ROUNDS_PER_PROFILE));
      }
    },
  );
});
