import { describe, expect, it } from 'vitest';
import {
  readPurpose,
  type Head,
  type ReadingTime,
} from '../../../src-shared/consent/effective-state.js';
import { DAY_MS, grantEndsAtMs, LONGEST_GRANT_MS } from '../../../src-shared/consent/expiry.js';
import { START_MS } from '../../support/client/sample-decision.js';

function head(changes: Partial<Head> = {}): Head {
  return {
    id: 'a',
    choice: 'granted',
    atMs: START_MS,
    pressedAtMs: changes.atMs ?? START_MS,
    receivedAtMs: null,
    policyVersion: '2026-01',
    rests: false,
    ...changes,
  };
}

/** A moment, and when the policy changed materially after each version; nothing has changed where none is named. */
function at(trustedNowMs: number, changed: Readonly<Record<string, number>> = {}): ReadingTime {
  return { trustedNowMs, changedAtMs: (version) => changed[version] ?? null };
}

const END_MS = START_MS + LONGEST_GRANT_MS;
const denial = head({ id: 'd', choice: 'denied' });

describe('when a grant ends', () => {
  it('is 365 days after the press', () => {
    expect(LONGEST_GRANT_MS).toBe(365 * DAY_MS);
    expect(grantEndsAtMs(head())).toBe(END_MS);
  });

  it('counts from the receipt where that is earlier, and never from a later one', () => {
    const early = head({ receivedAtMs: START_MS - 10 * DAY_MS });
    expect(grantEndsAtMs(early)).toBe(END_MS - 10 * DAY_MS);
    expect(grantEndsAtMs(head({ receivedAtMs: START_MS + DAY_MS }))).toBe(END_MS);
  });

  it('holds until the last millisecond before its end and not at it', () => {
    expect(readPurpose([head()], at(END_MS - 1))).toMatchObject({
      state: 'granted',
      untilMs: END_MS,
    });
    expect(readPurpose([head()], at(END_MS))).toMatchObject({ state: 'expired', untilMs: null });
  });

  it('is the end of the grant that lasts longest where several stand', () => {
    const later = head({ id: 'b', atMs: START_MS + DAY_MS });
    for (const heads of [
      [head(), later],
      [later, head()],
    ]) {
      expect(readPurpose(heads, at(END_MS))).toMatchObject({ state: 'granted', by: { id: 'b' } });
    }
  });
});

describe('what a purpose comes to', () => {
  it('is not asked without any head', () => {
    expect(readPurpose([], at(START_MS))).toEqual({
      state: 'not-asked',
      by: null,
      untilMs: null,
      overruled: [],
    });
  });

  it('is denied by one denial among grants, however old it is', () => {
    const old = head({ id: 'd', choice: 'denied', atMs: 0 });
    expect(readPurpose([head(), old, head({ id: 'b' })], at(START_MS))).toMatchObject({
      state: 'denied',
      by: { id: 'd' },
    });
    expect(readPurpose([denial], at(START_MS + 50 * LONGEST_GRANT_MS)).state).toBe('denied');
  });

  it('is denied also by a denial that is marked as resting: only grants rest', () => {
    expect(readPurpose([head(), { ...denial, rests: true }], at(START_MS)).state).toBe('denied');
  });

  it('is to be asked again when every grant rests, and expired when one that counted ran out', () => {
    const resting = head({ id: 'r', rests: true });
    expect(readPurpose([resting], at(START_MS))).toMatchObject({
      state: 'ask-again',
      by: { id: 'r' },
    });
    expect(readPurpose([resting, head()], at(END_MS))).toMatchObject({
      state: 'expired',
      by: { id: 'a' },
    });
    expect(readPurpose([resting, head()], at(START_MS)).state).toBe('granted');
  });

  it('names the newest denial, and the same one of two equally new everywhere', () => {
    const newer = { ...denial, id: 'e', atMs: START_MS + 1 };
    const equal = { ...denial, id: 'c' };
    expect(readPurpose([denial, newer], at(START_MS)).by?.id).toBe('e');
    expect(readPurpose([denial, equal], at(START_MS)).by?.id).toBe('c');
    expect(readPurpose([equal, denial], at(START_MS)).by?.id).toBe('c');
  });
});
