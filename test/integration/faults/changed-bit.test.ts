import Database from 'better-sqlite3';
import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  readSync,
  statSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rounds } from '../../support/counts.js';
import {
  agedProfile,
  type AgedProfile,
  type ProfileFiles,
} from '../../support/faults/aged-profile.js';
import {
  anyBit,
  bitOfSomeTable,
  pagesByTable,
  randomFrom,
  type Bit,
} from '../../support/faults/samples.js';
import { outcomeOf, verdictOn, type Verdict } from '../../support/faults/verdict.js';

const seed = Number(process.env['SAYSO_SEED'] ?? Date.now() % 2 ** 31);

let aged: AgedProfile;
beforeAll(async () => {
  aged = await agedProfile();
}, 300_000);
afterAll(() => {
  aged.remove();
});

function flip(file: string, { offset, bit }: Bit): void {
  const descriptor = openSync(file, 'r+');
  try {
    const byte = Buffer.alloc(1);
    readSync(descriptor, byte, 0, 1, offset);
    byte.writeUInt8(byte.readUInt8(0) ^ (1 << bit));
    writeSync(descriptor, byte, 0, 1, offset);
  } finally {
    closeSync(descriptor);
  }
}

/** Tries every bit by itself. @returns how often each outcome came about, and the bits whose change slipped through. */
async function tryAll(
  profile: ProfileFiles,
  name: 'sayso.db' | 'sayso.db-wal',
  bits: readonly Bit[],
): Promise<{ outcomes: Record<string, number>; slipped: unknown[] }> {
  const untouched = await verdictOn(profile);
  const outcomes: Record<string, number> = {};
  const slipped: unknown[] = [];
  for (const bit of bits) {
    const verdict = await verdictOn(profile, (folder) => {
      flip(path.join(folder, name), bit);
    }).catch((error: unknown) => String(error instanceof Error ? error.stack : error));
    const outcome = typeof verdict === 'string' ? null : outcomeOf(verdict, untouched);
    if (outcome === null) slipped.push({ seed, name, ...bit, ...differenceOf(verdict, untouched) });
    else outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  }
  process.stdout.write(
    `seed ${seed}, ${bits.length} bits of ${name}: ${JSON.stringify(outcomes)}\n`,
  );
  return { outcomes, slipped };
}

/** Where the pictures part, for whoever has to find out why. */
function differenceOf(verdict: Verdict | string, untouched: Verdict): object {
  if (typeof verdict === 'string') return { thrown: verdict };
  const [was, is] = [JSON.stringify(untouched), JSON.stringify(verdict)];
  let place = 0;
  while (place < was.length && was[place] === is[place]) place += 1;
  return { was: was.slice(place - 80, place + 80), is: is.slice(place - 80, place + 80) };
}

describe('a single bit of a profile of a thousand decisions that changed', () => {
  it('has such a profile to begin with: sound, signed in, partly erased, partly in the log', async () => {
    expect(aged.decisions).toBeGreaterThan(995);
    const { folder } = aged.cut;
    expect(existsSync(path.join(aged.closed.folder, 'sayso.db-wal'))).toBe(false);
    expect(statSync(path.join(folder, 'sayso.db-wal')).size).toBeGreaterThan(10_000);
    for (const profile of [aged.closed, aged.cut]) {
      const verdict = JSON.stringify(await verdictOn(profile));
      for (const part of ['signed-in', 'erased', 'waiting', 'receivedAt', 'jws']) {
        expect(verdict.includes(part), part).toBe(true);
      }
      expect(verdict.includes('"suspect"')).toBe(false);
    }
  });

  it('in the address that is sealed by itself shows no address, and all else as it was', async () => {
    const file = path.join(aged.closed.folder, 'sayso.db');
    const database = new Database(file, { readonly: true });
    const sealed = database.prepare<[], Buffer>('SELECT sealed FROM vault').pluck().get();
    database.close();
    const start = readFileSync(file).indexOf(sealed ?? 'nothing is sealed');
    expect(start).toBeGreaterThan(0);
    const random = randomFrom(seed);
    const bits = Array.from({ length: 8 }, () => anyBit(sealed?.length ?? 0, random)).map(
      ({ offset, bit }) => ({ offset: start + offset, bit }),
    );
    const { outcomes, slipped } = await tryAll(aged.closed, 'sayso.db', bits);
    expect(slipped).toEqual([]);
    expect(outcomes).toEqual({ 'no address': bits.length });
  });

  it(
    'in the database is found, or changes nothing that anybody can see',
    { timeout: 3_600_000 },
    async () => {
      const file = path.join(aged.closed.folder, 'sayso.db');
      const random = randomFrom(seed);
      const pages = pagesByTable(file);
      const { size } = statSync(file);
      const bits = Array.from({ length: rounds('flips') }, (_, place) =>
        place % 2 === 0 ? anyBit(size, random) : bitOfSomeTable(pages, random),
      );
      expect((await tryAll(aged.closed, 'sayso.db', bits)).slipped).toEqual([]);
    },
  );

  it(
    'in the log that was not written back yet is found, or changes nothing that anybody can see',
    { timeout: 3_600_000 },
    async () => {
      const { size } = statSync(path.join(aged.cut.folder, 'sayso.db-wal'));
      const random = randomFrom(seed);
      const bits = Array.from({ length: rounds('flips') }, () => anyBit(size, random));
      expect((await tryAll(aged.cut, 'sayso.db-wal', bits)).slipped).toEqual([]);
    },
  );
});
