import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bannerShows } from '../../../src-shared/consent/asking.js';
import { readPurpose, type Head } from '../../../src-shared/consent/effective-state.js';
import { DAY_MS, LONGEST_GRANT_MS, REFUSAL_QUIET_MS } from '../../../src-shared/consent/expiry.js';
import { nextChangeMs, type PurposeHeads } from '../../../src-shared/consent/next-change.js';
import { START_MS } from '../../support/client/sample-decision.js';
import { tries } from '../../support/client/property.js';

function head(part: Partial<Head> = {}): Head {
  return {
    id: 'a',
    choice: 'granted',
    atMs: START_MS,
    pressedAtMs: START_MS,
    receivedAtMs: null,
    policyVersion: '1',
    rests: false,
    ...part,
  };
}

function purpose(heads: readonly Head[], changedMs: number | null = null): PurposeHeads {
  return { heads, changedAtMs: () => changedMs };
}

/** Where every press and every change lies within thirty days, time changes something on these days alone. */
const DAYS_OF_CHANGE = [
  ...Array.from({ length: 32 }, (_, day) => day),
  ...Array.from({ length: 32 }, (_, day) => 365 + day),
];

const END_MS = START_MS + LONGEST_GRANT_MS;

describe('the next moment at which time changes something', () => {
  it('is the end of a grant, until it has come', () => {
    expect(nextChangeMs([purpose([head()])], START_MS)).toBe(END_MS);
    expect(nextChangeMs([purpose([head()])], END_MS - 1)).toBe(END_MS);
    expect(nextChangeMs([purpose([head()])], END_MS)).toBeNull();
  });

  it('is a material change that comes before it; after it, the words change once more at the end', () => {
    const changed = purpose([head()], START_MS + DAY_MS);
    expect(nextChangeMs([changed], START_MS)).toBe(START_MS + DAY_MS);
    // From "ask again" to "has ended".
    expect(nextChangeMs([changed], START_MS + DAY_MS)).toBe(END_MS);
    expect(nextChangeMs([purpose([head()], -Infinity)], START_MS)).toBe(END_MS);
  });

  it('is the day a refusal is twelve months old, by the press it rests on', () => {
    const refused = head({ choice: 'denied', pressedAtMs: 0 });
    const older = head({ id: 'b', choice: 'denied', atMs: START_MS - DAY_MS });
    const quietUntilMs = START_MS + REFUSAL_QUIET_MS;
    expect(nextChangeMs([purpose([refused, older])], START_MS)).toBe(quietUntilMs);
    expect(nextChangeMs([purpose([refused])], quietUntilMs)).toBeNull();
  });

  it('is the end of a grant that a refusal overrules, because it is then no longer to be settled', () => {
    const refused = head({ id: 'd', choice: 'denied', atMs: START_MS + 9 * DAY_MS });
    expect(nextChangeMs([purpose([head(), refused])], START_MS)).toBe(END_MS);
  });

  it('is nothing where nobody has said anything, words are gone or a grant rests', () => {
    expect(nextChangeMs([], START_MS)).toBeNull();
    const still = [[], [head({ choice: 'erased' })], [head({ rests: true })]];
    for (const heads of still) expect(nextChangeMs([purpose(heads)], START_MS)).toBeNull();
  });

  it('is not the end of a grant behind which another goes on', () => {
    const later = head({ id: 'b', pressedAtMs: START_MS + DAY_MS });
    expect(nextChangeMs([purpose([head(), later])], START_MS)).toBe(END_MS + DAY_MS);
  });

  it('is the soonest over all purposes and the moments given beside them', () => {
    const sooner = purpose([head({ receivedAtMs: START_MS - DAY_MS })]);
    expect(nextChangeMs([purpose([head()]), sooner], START_MS)).toBe(END_MS - DAY_MS);
    const others = [START_MS - 1, START_MS, START_MS + 7, START_MS + 9, Number.NaN, Infinity];
    expect(nextChangeMs([purpose([head()]), sooner], START_MS, others)).toBe(START_MS + 7);
    expect(nextChangeMs([], START_MS, [START_MS, Number.NaN])).toBeNull();
  });

  it('nothing changes before it, and something does at it', () => {
    const day = fc.integer({ min: 0, max: 30 }).map((days) => START_MS + days * DAY_MS);
    const someHead = fc.record({
      id: fc.constantFrom('a', 'b', 'c', 'd'),
      choice: fc.constantFrom('granted', 'granted', 'denied', 'erased'),
      atMs: day,
      pressedAtMs: day,
      receivedAtMs: fc.option(day),
      policyVersion: fc.constantFrom('1', '2'),
      rests: fc.boolean(),
    } satisfies { [Key in keyof Head]: fc.Arbitrary<Head[Key]> });
    const change = fc.option(fc.oneof(day, fc.constant(-Infinity)));
    const some = fc.record({
      heads: fc.uniqueArray(someHead, { maxLength: 3, selector: ({ id }) => id }),
      first: change,
      second: change,
    });
    fc.assert(
      fc.property(fc.array(some, { maxLength: 3 }), fc.nat(800), (drawn, days) => {
        const all = drawn.map(({ heads, first, second }): PurposeHeads => {
          return { heads, changedAtMs: (version) => (version === '1' ? first : second) };
        });
        const seen = (trustedNowMs: number): string => {
          const readings = all.map(({ heads, changedAtMs }) =>
            readPurpose(heads, { trustedNowMs, changedAtMs }),
          );
          const asks = readings.map((reading) =>
            bannerShows({
              kind: 'choice',
              optional: [reading],
              acknowledged: false,
              dismissed: false,
              refusedInThisRun: false,
              calledBack: false,
              trustedNowMs,
            }),
          );
          return JSON.stringify([readings, asks]);
        };
        const nowMs = START_MS + days * DAY_MS;
        const next = nextChangeMs(all, nowMs);
        const between = DAYS_OF_CHANGE.map((at) => START_MS + at * DAY_MS).filter(
          (ms) => ms > nowMs && ms < (next ?? Infinity),
        );
        for (const ms of between) expect(seen(ms)).toBe(seen(nowMs));
        if (next === null) return;
        expect(seen(next - 1)).toBe(seen(nowMs));
        expect(seen(next)).not.toBe(seen(nowMs));
      }),
      tries(500),
    );
  });
});
