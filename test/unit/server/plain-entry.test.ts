import { createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPlainEntry } from '../../../src-server/decisions/plain-entry.js';
import { readAnyEntry, readEntry } from '../../../src-server/decisions/read-entry.js';
import { jcs } from '../../integration/server/support/signer.js';

const ID = '0198f0c0-0000-7000-8000-000000000001';
const OTHER_ID = '0198f0c0-0000-7000-8000-000000000002';
type Json = Record<string, unknown>;

const decision: Json = {
  v: 1,
  id: ID,
  service: 'alpha',
  subject: 'me',
  device: 'device-1',
  seq: 7,
  at: '2026-11-22T10:00:00.000Z',
  action: 'necessary-only',
  surface: 'settings',
  choices: { analytics: 'denied', advertising: 'denied' },
  supersedes: { analytics: [OTHER_ID], advertising: [] },
  policy: { version: '2026-05-15', lang: 'en', sha256: '0'.repeat(64) },
};

/** An entry whose hashes are right, whatever its decision says, so that nothing else hides behind them. */
function entryOf(said: unknown, signed: boolean): Json {
  const salt = randomBytes(32);
  const words = Buffer.concat([salt, Buffer.from(jcs(said))]);
  const seq = (said as Json)['seq'];
  const header = { v: 1, chain: 'chain-1', seq, prev: 'a'.repeat(64), payloadHash: sha256(words) };
  const entryHash = sha256(Buffer.from(`SAYSO-LEDGER-V1\0${jcs(header)}`));
  const by = signed ? { kid: 'A'.repeat(43), signature: 'A'.repeat(86) } : {};
  const { chain, prev } = header;
  return { decision: said, salt: salt.toString('base64url'), chain, prev, entryHash, ...by };
}

/** Values of every kind that might stand in the place of another. */
const value = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 2 ** 53, '', '*', 'granted', 'denied', [], {}),
  fc.constantFrom<unknown>(ID, ID.toUpperCase(), [ID], [ID, 7], [ID.replace('-7', '-4')]),
  fc.constantFrom<unknown>('2026-02-29T10:00:00.000Z', '2028-02-29T10:00:00.000Z'),
  fc.constantFrom<unknown>('2026-02-30T10:00:00.000Z', '2026-11-22T24:00:00.000Z'),
  fc.constantFrom<unknown>('2026-11-22T10:00:00Z', '2026-11-22T10:00:00.0000Z', '2026-11-22'),
  fc.constantFrom<unknown>('withdraw', 'accept-all', 'signal', 'acknowledge', 'banner', 'é', '"'),
  fc.constantFrom<unknown>({ '*': 'denied' }, { '*': 'granted' }, { b: 'denied', a: 'denied' }),
  fc.constantFrom<unknown>({ analytics: 'granted' }, { 'sale-or-sharing': 'granted' }, { A: [ID] }),
  fc.constantFrom<unknown>({ version: '1', lang: 'pt-BR', sha256: 'f'.repeat(64), more: 1 }),
  fc.constantFrom<unknown>({ lang: 'en', version: 'x'.repeat(65), sha256: 'f'.repeat(64) }),
  fc.constantFrom<unknown>({ lang: 'x', version: 'a\nb', sha256: 'f'.repeat(64) }),
  fc.string({ unit: 'grapheme' }),
  fc.integer(),
);
const names = [...Object.keys(decision), 'clockOffsetMs', 'more', 'at,choices', '__proto__'];
const changes = fc.array(
  fc.tuple(fc.constantFrom(...names), fc.option(value, { nil: undefined }), fc.boolean()),
  { maxLength: 3 },
);

/** As a body brings it: whatever is undefined is left out, in the order in which it was said. */
const sent = (entry: unknown): unknown => JSON.parse(JSON.stringify(entry));
function changed(from: Json, what: readonly (readonly [string, unknown, boolean])[]): Json {
  const members = new Map(Object.entries(from));
  for (const [name, now, isLast] of what) {
    if (isLast) members.delete(name);
    members.set(name, now);
  }
  return Object.fromEntries(members);
}

describe('an entry in the plainest form', () => {
  it('is read as by the schemas, and in whatever order its members stand', () => {
    for (const signed of [true, false]) {
      const inOrder = sent(JSON.parse(jcs(decision)));
      for (const said of [decision, inOrder, { ...decision, clockOffsetMs: -12, subject: null }]) {
        const entry = sent(entryOf(said, signed));
        const read = readPlainEntry(entry);
        expect(read).not.toBeNull();
        expect(readAnyEntry(entry)).toEqual({ ok: true, value: read });
        expect(read?.jcs).toBe(jcs(said));
      }
    }
  });

  it('is nothing that the schemas do not take, and never read in another way', () => {
    let plain = 0;
    let taken = 0;
    fc.assert(
      fc.property(changes, fc.boolean(), (what, signed) => {
        const entry = sent(entryOf(sent(changed(decision, what)), signed));
        const read = readPlainEntry(entry);
        const slow = readAnyEntry(entry);
        plain += Number(read !== null);
        taken += Number(slow.ok);
        if (read !== null) expect(slow).toEqual({ ok: true, value: read });
        expect(readEntry(entry)).toEqual(slow);
      }),
      { numRuns: 4000 },
    );
    // Both sides were seen, or this would say nothing.
    expect(plain).toBeGreaterThan(100);
    expect(taken).toBeGreaterThan(plain);
  });

  it('was said on a day that is in the calendar', () => {
    const two = (number: number): string => String(number).padStart(2, '0');
    for (let month = 0; month <= 13; month += 1) {
      for (let day = 0; day <= 32; day += 1) {
        const at = `2026-${two(month)}-${two(day)}T23:59:59.999Z`;
        const entry = sent(entryOf({ ...decision, at }, true));
        // Every day of this year is read the short way, and no other.
        const isDay =
          new Date(Date.UTC(2026, month - 1, day)).toISOString().slice(0, 10) === at.slice(0, 10);
        expect(readPlainEntry(entry) !== null, at).toBe(isDay);
        expect(readEntry(entry).ok, at).toBe(isDay);
      }
    }
    for (const at of ['2026-04-30T24:00:00.000Z', '2026-04-30T10:60:00.000Z']) {
      expect(readEntry(sent(entryOf({ ...decision, at }, true))).ok, at).toBe(false);
    }
  });

  it('has a place and hashes in their only form', () => {
    const entry = sent(entryOf(decision, true)) as Json;
    const around = fc.tuple(fc.constantFrom(...Object.keys(entry), 'more'), value);
    fc.assert(
      fc.property(around, ([name, now]) => {
        const other = sent(changed(entry, [[name, now, false]]));
        const read = readPlainEntry(other);
        if (read !== null) expect(readAnyEntry(other)).toEqual({ ok: true, value: read });
        expect(readEntry(other)).toEqual(readAnyEntry(other));
      }),
      { numRuns: 2000 },
    );
  });
});

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
