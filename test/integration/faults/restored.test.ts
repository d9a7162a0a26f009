import { cpSync, existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../support/client/temporary-folder.js';
import { everyMoment, type Moment } from '../../support/faults/every-moment.js';
import { outcomeOf, verdictOn } from '../../support/faults/verdict.js';
import { mustStart, pressOn } from '../../support/faults/open-profile-rig.js';
import { memoryKeychain } from '../../support/client/memory-keychain.js';

const PRESSES = 8;

const temporary = temporaryFolder('restored');
let moments: Moment[];
let last: Moment;
beforeAll(async () => {
  moments = await everyMoment(temporary.folder, PRESSES);
  const newest = moments.at(-1);
  if (!newest) throw new Error('nothing was pressed');
  last = newest;
}, 120_000);
afterAll(() => {
  temporary.remove();
});

const PARTS = ['sayso.db', 'sayso.db-wal', 'sayso.db-shm'];

/** Puts files of one profile folder in the place of those of another. */
function replace(folder: string, names: readonly string[], from: string): void {
  for (const name of names) {
    rmSync(path.join(folder, name), { force: true });
    if (existsSync(path.join(from, name))) cpSync(path.join(from, name), path.join(folder, name));
  }
}

type Form = keyof Moment;

/** What the newest profile says after `names` were put back to what they were at an earlier moment. */
async function outcomeAfter(
  form: Form,
  names: readonly string[],
  earlier: { readonly folder: string },
): Promise<string | null> {
  const verdict = await verdictOn(last[form], (folder) => {
    replace(folder, names, earlier.folder);
  });
  return outcomeOf(verdict, await verdictOn(last[form]));
}

describe('an older file that was put back', () => {
  it(
    'is found at every earlier moment, with its log and without',
    { timeout: 300_000 },
    async () => {
      for (const { cut, closed } of moments.slice(0, -1)) {
        expect(await outcomeAfter('closed', PARTS, closed)).toBe('suspect');
        expect(await outcomeAfter('cut', PARTS, cut)).toBe('suspect');
        expect(await outcomeAfter('cut', PARTS, closed)).toBe('suspect');
        // The old database alone, where the log of now is gone too.
        const alone = await verdictOn(last.cut, (folder) => {
          replace(folder, PARTS, cut.folder);
          rmSync(path.join(folder, 'sayso.db-wal'), { force: true });
        });
        expect(outcomeOf(alone, await verdictOn(last.cut))).toMatch(/^(suspect|set-aside)$/);
      }
    },
  );

  it(
    'beside a log of another moment is found, or its log makes up for it',
    { timeout: 300_000 },
    async () => {
      for (const { cut } of moments.slice(0, -1)) {
        for (const names of [['sayso.db'], ['sayso.db-wal']]) {
          const outcome = await outcomeAfter('cut', [...names, 'sayso.db-shm'], cut);
          expect(outcome, `${names[0]} of ${path.basename(cut.folder)}`).not.toBeNull();
        }
      }
    },
  );

  it('is found when nothing at all is left of the database', async () => {
    const gone = await verdictOn(last.closed, (folder) => {
      for (const name of PARTS) rmSync(path.join(folder, name), { force: true });
    });
    expect(outcomeOf(gone, await verdictOn(last.closed))).toBe('suspect');
  });
});

describe('a database of another profile', () => {
  it('is found by the mark in the folder, and with that mark by the seal and the anchor', async () => {
    const other = temporaryFolder('other-profile');
    try {
      const parts = { folder: other.folder, keychain: memoryKeychain().library };
      const app = mustStart(parts);
      expect((await pressOn(app, 'alpha', 'accept-all')).ok).toBe(true);
      expect((await pressOn(app, 'beta', 'accept-all')).ok).toBe(true);
      await app.stop();
      const verdict = await verdictOn(last.closed, (folder) => {
        replace(folder, PARTS, other.folder);
      });
      expect(verdict).toEqual({
        kind: 'opened',
        services: { alpha: { suspect: 'foreign' }, beta: { suspect: 'foreign' } },
      });
      // Beside the log of this one, which holds nearly all of it: SQLite makes one of the two or a mixture.
      const mixed = await verdictOn(last.closed, (folder) => {
        replace(folder, ['sayso.db'], other.folder);
        replace(folder, ['sayso.db-wal'], last.cut.folder);
      });
      expect(outcomeOf(mixed, await verdictOn(last.closed))).not.toBeNull();
    } finally {
      other.remove();
    }
  });
});

describe('what cannot be found, as docs/security.md says', () => {
  it('is a restore of what the keychain had not been told of yet', async () => {
    const before = moments.at(-2);
    if (!before) throw new Error('nothing was pressed');
    // The app was killed after the commit and before the keychain heard of it, and then the file of before was put back.
    const verdict = await verdictOn(last.closed, (folder, secrets) => {
      replace(folder, PARTS, before.closed.folder);
      for (const [name, secret] of before.closed.secrets) secrets.set(name, secret);
    });
    expect(verdict).toEqual(await verdictOn(before.closed));
    expect(JSON.stringify(verdict)).not.toContain('"suspect"');
  });

  it('is a restore where no keychain remembers anything', async () => {
    const [, early] = moments;
    if (!early) throw new Error('nothing was pressed');
    const verdict = await verdictOn(last.closed, (folder, secrets) => {
      replace(folder, PARTS, early.closed.folder);
      secrets.clear();
    });
    expect(JSON.stringify(verdict)).not.toContain('"suspect"');
    expect(outcomeOf(verdict, await verdictOn(last.closed))).toBeNull();
  });
});
