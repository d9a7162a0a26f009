import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkDatabase } from '../../../src-main/store/index.js';
import {
  bundledProgram,
  type BundledProgram,
  type RunningChild,
} from '../../support/client/bundled-child.js';
import { decisionsIn } from '../../support/client/rows.js';
import { until } from '../../support/client/server-world.js';
import { temporaryFolder } from '../../support/client/temporary-folder.js';
import { keptIn, linesOf } from '../../support/faults/child-lines.js';
import { fileKeychain } from '../../support/faults/file-keychain.js';
import { mustStart, SERVICES } from '../../support/faults/open-profile-rig.js';
import { makeSignedInProfile } from '../../support/faults/signed-in-profile.js';

let program: BundledProgram;
beforeAll(async () => {
  program = await bundledProgram(
    'pressing-child',
    path.resolve(import.meta.dirname, '../../support/faults'),
  );
});
afterAll(() => program.remove());

interface Profile {
  readonly folder: string;
  readonly keychain: string;
  readonly file: string;
}

async function inProfile(work: (profile: Profile) => Promise<void>): Promise<void> {
  const { folder: root, remove } = temporaryFolder('failing-disk');
  const folder = path.join(root, 'profile');
  const keychain = path.join(root, 'keychain.json');
  try {
    await makeSignedInProfile(folder, keychain);
    await work({ folder, keychain, file: path.join(folder, 'sayso.db') });
  } finally {
    remove();
  }
}

/** Lets every flush to the disk from the `nth` on fail, as of a disk that is about to die. */
const failingFrom = (nth: number): string =>
  `exec strace -f -qq -o /dev/null -e trace=fsync,fdatasync ` +
  `-e inject=fsync,fdatasync:error=EIO:when=${nth}+ "$0" "$@"`;

/** Waits for the child to end by itself. */
async function ended(child: RunningChild): Promise<void> {
  try {
    await until(() => {
      expect(child.process.exitCode, child.lines().at(-1)).not.toBeNull();
    });
  } finally {
    child.process.kill('SIGKILL');
    await child.ended;
  }
}

/** Every confirmed decision is there once, in order, and whole; at most the one that failed came after them. */
async function expectWhole({ folder, keychain, file }: Profile, kept: string[]): Promise<void> {
  const ids = decisionsIn(file).map(({ decision }) => decision.id);
  expect(ids.slice(0, kept.length)).toEqual(kept);
  expect(ids.length - kept.length).toBeLessThanOrEqual(1);
  expect(await checkDatabase(file)).toEqual({
    findings: {},
    unreadable: null,
    entries: ids.length,
  });
  const app = mustStart({ folder, keychain: fileKeychain(keychain) });
  await app.core.begin();
  expect(app.setAside).toBeNull();
  for (const service of SERVICES) expect(app.view(service).ledger.reason).toBeNull();
  await app.stop();
}

describe('a disk that does not flush any more', () => {
  it(
    'is told at the press, nothing opens that was not kept, and what was kept is whole',
    { timeout: 120_000 },
    () =>
      inProfile(async (profile) => {
        const child = program.startAfter(failingFrom(25), [profile.folder, profile.keychain]);
        await ended(child);
        const lines = linesOf(child);
        const kept = keptIn(child);
        expect(kept.length, child.errors()).toBeGreaterThan(3);
        const last = lines.at(-1);
        expect(last, child.errors()).toMatchObject({
          notKept: { code: 'not-saved', cause: 'broken' },
        });
        expect(lines).toHaveLength(kept.length + 1);
        // The act that failed was a grant or a refusal; either way what shows is what was kept before it.
        const isOpen = kept.length % 4 >= 2;
        expect(last).toMatchObject({ open: isOpen ? ['analytics', 'advertising'] : [] });
        await expectWhole(profile, kept);
      }),
  );

  it('at the start is told, and the file is left where it is', { timeout: 120_000 }, () =>
    inProfile(async (profile) => {
      const child = program.startAfter(failingFrom(1), [profile.folder, profile.keychain]);
      await ended(child);
      expect(linesOf(child), child.errors()).toEqual([{ refused: 'disk-error' }]);
      await expectWhole(profile, []);
    }),
  );
});

describe('a disk that is full, for a person who may not make a small one', () => {
  it(
    'is told at the press; what was kept is whole, and with room again the same app keeps the next',
    { timeout: 120_000 },
    () =>
      inProfile(async (profile) => {
        // The soft limit alone, in blocks of 512 bytes, so that it can be lifted again.
        const args = [profile.folder, profile.keychain, 'go-on'];
        const child = program.startAfter('ulimit -S -f 500', args);
        try {
          await until(() => {
            expect(child.lines().join(), child.errors()).toContain('notKept');
          });
          lift(child.process.pid);
          await ended(child);
        } finally {
          child.process.kill('SIGKILL');
        }
        const lines = linesOf(child);
        const failed = lines.filter((line) => 'notKept' in line);
        expect(failed.map(({ notKept }) => notKept)).toEqual(
          failed.map(() => expect.objectContaining({ code: 'not-saved' }) as unknown),
        );
        expect(lines.at(-1), child.errors()).toMatchObject({ kept: expect.any(String) as unknown });
        expect(keptIn(child).length).toBeGreaterThan(3);
        await expectWhole(profile, keptIn(child));
      }),
  );
});

/** Takes the limit on the size of files from a running process; `prlimit` is part of util-linux. */
function lift(pid: number | undefined): void {
  const done = spawnSync('prlimit', ['--pid', String(pid), '--fsize=unlimited']);
  if (done.status !== 0) throw new Error(String(done.error ?? done.stderr));
}
