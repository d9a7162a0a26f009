import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextRunDelayMs, type PauseFacts } from '../../../src-main/sync/backoff.js';

function facts(changes: Partial<PauseFacts>): PauseFacts {
  return {
    failures: 0,
    somethingWaits: false,
    inFront: false,
    isLive: false,
    retryAfterMs: null,
    random: 0.5,
    ...changes,
  };
}

const MINUTE_MS = 60_000;
const almostOne = 1 - Number.EPSILON / 2;

describe('the pause before the next run', () => {
  it('is a minute when all is well', () => {
    expect(nextRunDelayMs(facts({}))).toBe(MINUTE_MS);
    expect(nextRunDelayMs(facts({ inFront: true, random: 0 }))).toBe(MINUTE_MS);
  });

  it('is five minutes while the service tells its news by itself, and no longer than ever when it fails', () => {
    expect(nextRunDelayMs(facts({ isLive: true }))).toBe(5 * MINUTE_MS);
    const failing = { failures: 2, random: almostOne };
    expect(nextRunDelayMs(facts({ ...failing, isLive: true }))).toBe(
      nextRunDelayMs(facts(failing)),
    );
  });

  it('grows from seconds to five minutes, with a chance between almost nothing and that', () => {
    const ceilings = Array.from({ length: 12 }, (_, index) =>
      Math.round(nextRunDelayMs(facts({ failures: index + 1, random: almostOne }))),
    );
    expect(ceilings.slice(0, 4)).toEqual([2000, 4000, 8000, 16_000]);
    expect(ceilings.at(-1)).toBe(5 * MINUTE_MS);
    expect(ceilings).toEqual(ceilings.toSorted((a, b) => a - b));
    for (const failures of [1, 5, 50]) {
      expect(nextRunDelayMs(facts({ failures, random: 0 }))).toBe(500);
    }
  });

  it('spreads over its whole range, however long the trouble lasts', () => {
    const property = fc.property(
      fc.integer({ min: 1, max: 2000 }),
      fc.double({ min: 0, max: almostOne, noNaN: true }),
      fc.boolean(),
      fc.boolean(),
      (failures, random, somethingWaits, inFront) => {
        const delayMs = nextRunDelayMs(facts({ failures, random, somethingWaits, inFront }));
        expect(delayMs).toBeGreaterThanOrEqual(500);
        expect(delayMs).toBeLessThanOrEqual(somethingWaits && inFront ? 15_000 : 5 * MINUTE_MS);
      },
    );
    fc.assert(property);
    const [low, middle, high] = [0.25, 0.5, 0.75].map((random) =>
      nextRunDelayMs(facts({ failures: 20, random })),
    );
    expect((middle ?? 0) - (low ?? 0)).toBeCloseTo((high ?? 0) - (middle ?? 0));
    expect((high ?? 0) - (low ?? 0)).toBeGreaterThan(2 * MINUTE_MS);
  });

  it('is at most 15 s only while something waits and the app is in front', () => {
    const long = { failures: 10, random: almostOne };
    expect(nextRunDelayMs(facts({ ...long, somethingWaits: true, inFront: true }))).toBe(15_000);
    for (const other of [{ somethingWaits: true }, { inFront: true }, {}]) {
      expect(nextRunDelayMs(facts({ ...long, ...other }))).toBeGreaterThan(15_000);
    }
  });

  it('is what the server asked for, also in front', () => {
    const asked = { failures: 1, somethingWaits: true, inFront: true, retryAfterMs: 90_000 };
    expect(nextRunDelayMs(facts(asked))).toBe(90_000);
  });

  it('is never nothing after a failure, whatever the server asked for', () => {
    const eager = { failures: 3, retryAfterMs: 0, random: 0 };
    expect(nextRunDelayMs(facts(eager))).toBeGreaterThan(0);
  });
});
