import { openSync, closeSync, ftruncateSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../support/client/temporary-folder.js';
import type { ProfileFiles } from '../../support/faults/aged-profile.js';
import { everyMoment, type Moment } from '../../support/faults/every-moment.js';
import { outcomeOf, verdictOn } from '../../support/faults/verdict.js';

const temporary = temporaryFolder('truncated');
let last: Moment;
beforeAll(async () => {
  const moments = await everyMoment(temporary.folder, 12);
  const newest = moments.at(-1);
  if (!newest) throw new Error('nothing was pressed');
  last = newest;
}, 120_000);
afterAll(() => {
  temporary.remove();
});

function cutTo(file: string, length: number): void {
  const descriptor = openSync(file, 'r+');
  try {
    ftruncateSync(descriptor, length);
  } finally {
    closeSync(descriptor);
  }
}

/** Ends of pages, of what precedes them, of the header, and odd places between. */
function lengthsBelow(size: number, step: number): number[] {
  const ends = Array.from({ length: Math.floor(size / step) }, (_, place) => place * step);
  const spread = ends.filter((_, place) => place % Math.ceil(ends.length / 12) === 0);
  const lengths = [0, 1, 15, 16, 60, 99, 100, 101, size - 1, size - step, size - step + 1];
  return [...new Set([...lengths, ...spread.flatMap((end) => [end, end + 7])])]
    .filter((length) => length >= 0 && length < size)
    .toSorted((a, b) => a - b);
}

async function slippedAt(
  profile: ProfileFiles,
  name: 'sayso.db' | 'sayso.db-wal',
  lengths: readonly number[],
): Promise<unknown[]> {
  const untouched = await verdictOn(profile);
  const slipped: unknown[] = [];
  for (const length of lengths) {
    const verdict = await verdictOn(profile, (folder) => {
      cutTo(path.join(folder, name), length);
    }).catch(String);
    const outcome = typeof verdict === 'string' ? null : outcomeOf(verdict, untouched);
    if (outcome === null) slipped.push({ length, verdict });
  }
  return slipped;
}

describe('a profile of which the end is missing', () => {
  it('in its database is found, wherever it was cut', { timeout: 300_000 }, async () => {
    const { size } = statSync(path.join(last.closed.folder, 'sayso.db'));
    const lengths = lengthsBelow(size, 4096);
    expect(await slippedAt(last.closed, 'sayso.db', lengths)).toEqual([]);
    // With a log beside it that is whole, too.
    const beside = statSync(path.join(last.cut.folder, 'sayso.db'));
    expect(await slippedAt(last.cut, 'sayso.db', lengthsBelow(beside.size, 4096))).toEqual([]);
  });

  it('in its log is found, wherever it was cut', { timeout: 300_000 }, async () => {
    const { size } = statSync(path.join(last.cut.folder, 'sayso.db-wal'));
    // The header of a log has 32 bytes, that of each frame 24 (SQLite's file format, section 4).
    const lengths = lengthsBelow(size - 32, 4096 + 24).map((length) => length + 32);
    expect(await slippedAt(last.cut, 'sayso.db-wal', [0, 31, ...lengths])).toEqual([]);
  });
});
