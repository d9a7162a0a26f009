import { describe, expect, it } from 'vitest';
import {
  readPurpose,
  type Head,
  type ReadingTime,
} from '../../../src-shared/consent/effective-state.js';
import { DAY_MS, LONGEST_GRANT_MS, pressedAtMs } from '../../../src-shared/consent/expiry.js';
import { START_MS } from '../../support/client/sample-decision.js';

function head(id: string, changes: Partial<Head> = {}): Head {
  return {
    id,
    choice: 'granted',
    atMs: START_MS,
    pressedAtMs: changes.atMs ?? START_MS,
    receivedAtMs: null,
    policyVersion: 'one',
    rests: false,
    ...changes,
  };
}

/** A moment, and when the policy changed materially after each version. */
function at(trustedNowMs: number, changed: Readonly<Record<string, number>> = {}): ReadingTime {
  return { trustedNowMs, changedAtMs: (version) => changed[version] ?? null };
}

const CHANGE_MS = START_MS + 10 * DAY_MS;
const END_MS = START_MS + LONGEST_GRANT_MS;
const denial = head('d', { choice: 'denied' });
const erased = head('e', { choice: 'erased' });

describe('a grant under a policy that changed materially', () => {
  it('holds until the change takes effect, and says so', () => {
    const reading = readPurpose([head('a')], at(CHANGE_MS - 1, { one: CHANGE_MS }));
    expect(reading).toMatchObject({ state: 'granted', untilMs: CHANGE_MS });
    const after = readPurpose([head('a')], at(CHANGE_MS, { one: CHANGE_MS }));
    expect(after).toMatchObject({ state: 'ask-again', by: { id: 'a' }, untilMs: null });
  });

  it('ends by age where that is earlier than the change', () => {
    const late = { one: END_MS + 1 };
    expect(readPurpose([head('a')], at(END_MS - 1, late)).untilMs).toBe(END_MS);
    expect(readPurpose([head('a')], at(END_MS, late)).state).toBe('expired');
  });

  it('does not hold where nobody knows the version it was given under', () => {
    const reading = readPurpose([head('a')], at(START_MS, { one: -Infinity }));
    expect(reading.state).toBe('ask-again');
  });

  it('is asked about anew even where another has only grown too old', () => {
    const old = head('b', { atMs: START_MS - 400 * DAY_MS, policyVersion: 'two' });
    const reading = readPurpose([old, head('a')], at(CHANGE_MS, { one: CHANGE_MS }));
    expect(reading).toMatchObject({ state: 'ask-again', by: { id: 'a' } });
  });

  it('leaves one under the changed version open', () => {
    const newer = head('b', { policyVersion: 'two' });
    const reading = readPurpose([head('a'), newer], at(CHANGE_MS, { one: CHANGE_MS }));
    expect(reading).toMatchObject({ state: 'granted', by: { id: 'b' }, untilMs: END_MS });
  });
});

describe('a decision whose words are gone', () => {
  it('closes the purpose, whatever else was granted', () => {
    const reading = readPurpose([head('a'), erased], at(START_MS));
    expect(reading).toEqual({ state: 'ask-again', by: erased, untilMs: null, overruled: [] });
  });

  it('gives way to a refusal', () => {
    expect(readPurpose([erased, denial], at(START_MS))).toMatchObject({
      state: 'denied',
      by: { id: 'd' },
    });
  });
});

describe('a grant that a refusal overruled', () => {
  it('is named as long as it would count, and only then', () => {
    const reading = readPurpose([denial, head('a')], at(START_MS));
    expect(reading.overruled.map(({ id }) => id)).toEqual(['a']);
    expect(readPurpose([denial, head('a')], at(END_MS)).overruled).toEqual([]);
    expect(readPurpose([denial, head('a', { rests: true })], at(START_MS)).overruled).toEqual([]);
    expect(readPurpose([denial, erased], at(START_MS)).overruled).toEqual([]);
    const changed = at(CHANGE_MS, { one: CHANGE_MS });
    expect(readPurpose([denial, head('a')], changed).overruled).toEqual([]);
  });

  it('is not named where the purpose is open', () => {
    expect(readPurpose([head('a'), head('b')], at(START_MS)).overruled).toEqual([]);
  });
});

describe('which of several decisions is named', () => {
  it('is the grant that lasts longest, and of two that last as long the first by id', () => {
    const longer = head('a', { atMs: START_MS + DAY_MS });
    for (const heads of [
      [longer, head('b')],
      [head('b'), longer],
    ]) {
      expect(readPurpose(heads, at(START_MS + DAY_MS)).by?.id).toBe('a');
    }
    for (const heads of [
      [head('b'), head('c')],
      [head('c'), head('b')],
    ]) {
      expect(readPurpose(heads, at(START_MS)).by?.id).toBe('b');
    }
  });

  it('is the newest of those that ran out, that rest or that are gone', () => {
    const older = { atMs: START_MS - DAY_MS };
    const both = (first: Head, second: Head, nowMs: number): (string | undefined)[] =>
      [
        [first, second],
        [second, first],
      ].map((heads) => readPurpose(heads, at(nowMs)).by?.id);
    expect(both(head('a', older), head('b'), END_MS)).toEqual(['b', 'b']);
    const resting = head('b', { rests: true });
    expect(both(head('a', { ...older, rests: true }), resting, START_MS)).toEqual(['b', 'b']);
    expect(both(head('a', { ...older, choice: 'erased' }), erased, START_MS)).toEqual(['e', 'e']);
  });
});

describe('the time of a press', () => {
  it('is the clock of the device, set right by what is known of it', () => {
    const atStart = { at: new Date(START_MS).toISOString() };
    expect(pressedAtMs(atStart)).toBe(START_MS);
    expect(pressedAtMs({ ...atStart, clockOffsetMs: -2500 })).toBe(START_MS - 2500);
    expect(pressedAtMs({ ...atStart, clockOffsetMs: undefined })).toBe(START_MS);
  });
});
