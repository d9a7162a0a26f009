import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { createTrustedClock, type TrustedClock } from '../../../src-main/clock/trusted-clock.js';
import { DAY_MS } from '../../../src-shared/consent/expiry.js';
import { tries } from '../../support/client/property.js';

const MINUTE_MS = 60 * 1000;
const NOW_MS = Date.UTC(2026, 10, 22, 12);
const YEAR_2030_MS = Date.UTC(2030, 0, 1);
const YEAR_1970_MS = 5 * MINUTE_MS;

interface Rig {
  clock: TrustedClock;
  wallMs: number;
  bootMs: number;
  /** Everything that was kept, in order. */
  readonly kept: number[];
  /** Time passes: both clocks go on. */
  pass(ms: number): void;
  /** The app is closed and started again. */
  restart(): void;
}

function rig(wallMs = NOW_MS, keptMs = 0): Rig {
  const kept: number[] = [];
  const open = (): TrustedClock =>
    createTrustedClock({
      wallMs: () => made.wallMs,
      sinceBootMs: () => made.bootMs,
      read: () => kept.at(-1) ?? keptMs,
      write: (ms) => kept.push(ms),
      soon: (work) => {
        work();
      },
    });
  const made: Rig = {
    wallMs,
    bootMs: 1000,
    kept,
    pass(ms) {
      made.wallMs += ms;
      made.bootMs += ms;
    },
    restart() {
      made.clock.stop();
      made.clock = open();
    },
    clock: undefined as unknown as TrustedClock,
  };
  made.clock = open();
  return made;
}

const fresh = { fresh: true } as const;
const old = { fresh: false } as const;

describe('a clock at 1970, in 2030, and stepping', () => {
  it('at 1970: time goes on from the newest time known, also in the next run, and is told to be behind', () => {
    const at = rig(YEAR_1970_MS, NOW_MS);
    expect(at.clock.nowMs()).toBe(NOW_MS);
    expect(at.clock.reading()).toBe('behind');
    at.pass(DAY_MS);
    expect(at.clock.nowMs()).toBe(NOW_MS + DAY_MS);
    at.restart();
    expect(at.clock.nowMs()).toBe(NOW_MS + DAY_MS);
    expect(at.clock.offsetMs()).toBe(NOW_MS + DAY_MS - at.wallMs);
  });

  it('at 1970 with nothing known: there is only the wall clock, until a server says otherwise', () => {
    const at = rig(YEAR_1970_MS);
    expect([at.clock.nowMs(), at.clock.reading()]).toEqual([YEAR_1970_MS, 'fine']);
    expect(at.clock.offsetMs()).toBeUndefined();
    expect(at.clock.provenMs(NOW_MS, old)).toEqual({ mark: 'raised', latestPressMs: null });
    expect([at.clock.nowMs(), at.clock.reading()]).toEqual([NOW_MS, 'behind']);
    expect(at.clock.offsetMs()).toBe(NOW_MS - YEAR_1970_MS);
  });

  it('in 2030: what is stricter holds, and nothing reopens when the clock is merely set back', () => {
    const at = rig(YEAR_2030_MS, NOW_MS);
    expect([at.clock.nowMs(), at.clock.reading()]).toEqual([YEAR_2030_MS, 'fine']);
    at.wallMs = NOW_MS;
    expect([at.clock.nowMs(), at.clock.reading()]).toEqual([YEAR_2030_MS, 'behind']);
    at.restart();
    expect([at.clock.nowMs(), at.clock.reading()]).toEqual([YEAR_2030_MS, 'behind']);
  });

  it('in 2030 against a server that answers: told to be ahead, and forgotten once it is set right', () => {
    const at = rig(YEAR_2030_MS, NOW_MS);
    at.clock.nowMs();
    expect(at.clock.provenMs(NOW_MS, fresh)).toEqual({ mark: 'lowered', latestPressMs: NOW_MS });
    expect([at.clock.nowMs(), at.clock.reading()]).toEqual([YEAR_2030_MS, 'ahead']);
    expect(at.clock.offsetMs()).toBe(0);
    at.pass(MINUTE_MS);
    at.wallMs = NOW_MS + MINUTE_MS;
    expect([at.clock.nowMs(), at.clock.reading()]).toEqual([NOW_MS + MINUTE_MS, 'fine']);
    at.restart();
    expect(at.clock.nowMs()).toBe(NOW_MS + MINUTE_MS);
  });

  it('stepping: never back, and on with the time that passes', () => {
    const at = rig();
    let last = at.clock.nowMs();
    for (const stepMs of [-DAY_MS, 2 * DAY_MS, -400 * DAY_MS, 10, -10, 399 * DAY_MS]) {
      at.wallMs += stepMs;
      at.pass(1000);
      const now = at.clock.nowMs();
      expect(now).toBeGreaterThanOrEqual(last + 1000);
      expect(now).toBeGreaterThanOrEqual(at.wallMs);
      last = now;
    }
    expect(last).toBe(NOW_MS + DAY_MS + 6000);
  });
});

describe('what a server says', () => {
  it('only a fresh answer lowers the mark, and only one more than a day ahead of it', () => {
    const at = rig(NOW_MS, NOW_MS + DAY_MS);
    expect(at.clock.provenMs(NOW_MS, fresh).mark).toBe('kept');
    expect(at.clock.nowMs()).toBe(NOW_MS + DAY_MS);
    const far = rig(NOW_MS, NOW_MS + DAY_MS + 1);
    expect(far.clock.provenMs(NOW_MS, old).mark).toBe('kept');
    expect(far.clock.nowMs()).toBe(NOW_MS + DAY_MS + 1);
    expect(far.clock.provenMs(NOW_MS, fresh).mark).toBe('lowered');
    expect(far.clock.nowMs()).toBe(NOW_MS);
  });

  it('raises time at once, and keeps a clock that it agrees with from being called behind', () => {
    const at = rig(NOW_MS, NOW_MS + 3 * 60 * MINUTE_MS);
    expect(at.clock.reading()).toBe('behind');
    at.clock.provenMs(NOW_MS, fresh);
    expect(at.clock.reading()).toBe('fine');
    expect(at.clock.provenMs(NOW_MS + DAY_MS, old).mark).toBe('raised');
    expect(at.clock.nowMs()).toBe(NOW_MS + DAY_MS);
  });

  it.each([
    [-1, 'fine'],
    [0, 'fine'],
    [1, 'behind'],
  ])('five minutes and %i ms behind it reads %s', (byMs, expected) => {
    const at = rig();
    at.clock.provenMs(NOW_MS + 5 * MINUTE_MS + byMs, fresh);
    expect(at.clock.reading()).toBe(expected);
  });

  it.each([
    [-1, 'fine'],
    [0, 'fine'],
    [1, 'ahead'],
  ])('five minutes and %i ms ahead of it reads %s', (byMs, expected) => {
    const at = rig();
    at.clock.provenMs(NOW_MS - 5 * MINUTE_MS - byMs, fresh);
    expect(at.clock.reading()).toBe(expected);
  });

  it('is carried on by the time that passes, so that a wall clock moved later is noticed', () => {
    const at = rig();
    at.clock.provenMs(NOW_MS, fresh);
    at.pass(10 * DAY_MS);
    expect(at.clock.reading()).toBe('fine');
    at.wallMs += DAY_MS + MINUTE_MS;
    expect(at.clock.reading()).toBe('ahead');
    at.clock.nowMs();
    at.wallMs -= DAY_MS + MINUTE_MS;
    expect(at.clock.nowMs()).toBe(at.wallMs);
  });

  it.each([Number.NaN, Infinity, -Infinity, -1, 0, 9e15])('%d is no time', (ms) => {
    const at = rig();
    expect(at.clock.provenMs(ms, fresh)).toEqual({ mark: 'ignored', latestPressMs: null });
    expect([at.clock.nowMs(), at.clock.offsetMs()]).toEqual([NOW_MS, undefined]);
  });
});

describe('the newest time is kept', () => {
  it('when it has moved by more than a minute, and at the end', () => {
    const at = rig(NOW_MS, NOW_MS);
    at.pass(MINUTE_MS);
    at.clock.nowMs();
    expect(at.kept).toEqual([]);
    at.pass(1);
    at.clock.nowMs();
    at.clock.nowMs();
    expect(at.kept).toEqual([NOW_MS + MINUTE_MS + 1]);
    at.pass(1);
    at.clock.stop();
    at.clock.stop();
    expect(at.kept).toEqual([NOW_MS + MINUTE_MS + 1, NOW_MS + MINUTE_MS + 2]);
  });

  it('whoever reads the clock does not wait for the disk, and what is read meanwhile is kept once', () => {
    const kept: number[] = [];
    const due: (() => void)[] = [];
    let wallMs = NOW_MS;
    const clock = createTrustedClock({
      wallMs: () => wallMs,
      sinceBootMs: () => 0,
      read: () => NOW_MS,
      write: (ms) => kept.push(ms),
      soon: (keep) => due.push(keep),
    });
    for (let read = 0; read < 3; read += 1) {
      wallMs += 2 * MINUTE_MS;
      expect(clock.nowMs()).toBe(wallMs);
    }
    expect(kept).toEqual([]);
    expect(due).toHaveLength(1);
    for (const keep of due.splice(0)) keep();
    expect(kept).toEqual([wallMs]);
    clock.nowMs();
    expect(due).toEqual([]);
  });

  it('a disk that takes nothing neither stops the time nor is asked at every read', () => {
    let asked = 0;
    let wallMs = NOW_MS;
    const clock = createTrustedClock({
      wallMs: () => wallMs,
      sinceBootMs: () => 0,
      read: () => Number.NaN,
      write: () => {
        asked += 1;
        throw new Error('disk full');
      },
      soon: (keep) => {
        keep();
      },
    });
    for (let read = 0; read < 10; read += 1) expect(clock.nowMs()).toBe(NOW_MS);
    expect(asked).toBe(1);
    wallMs += 2 * MINUTE_MS;
    expect(clock.nowMs()).toBe(wallMs);
    expect(asked).toBe(2);
  });
});

test('a wall clock that gives no time is behind, and the rest is as known', () => {
  const at = rig(Number.NaN, NOW_MS);
  expect([at.clock.nowMs(), at.clock.reading(), at.clock.offsetMs()]).toEqual([
    NOW_MS,
    'behind',
    undefined,
  ]);
});

test('the grain of two clocks is no correction', () => {
  const at = rig();
  at.clock.nowMs();
  at.bootMs += 10;
  expect(at.clock.offsetMs()).toBeUndefined();
  at.clock.provenMs(NOW_MS, fresh);
  expect(at.clock.offsetMs()).toBe(10);
});

describe('whatever the clocks do', () => {
  const oddMs = fc.constantFrom(
    Number.NaN,
    Infinity,
    -Infinity,
    -1,
    0,
    YEAR_1970_MS,
    Date.UTC(2100, 0),
    8.64e15,
    1e300,
  );
  const anyMs = fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: -500, max: 500 }).map((d) => NOW_MS + d * DAY_MS) },
    { weight: 1, arbitrary: oddMs },
  );
  const step = fc.oneof(
    fc.record({ kind: fc.constant('wall' as const), ms: anyMs }),
    fc.record({ kind: fc.constant('boot' as const), ms: fc.oneof(fc.nat(1e9), oddMs) }),
    fc.record({ kind: fc.constant('pass' as const), ms: fc.nat(40 * DAY_MS) }),
    fc.record({ kind: fc.constant('old' as const), ms: anyMs }),
    fc.record({ kind: fc.constant('fresh' as const), ms: anyMs }),
    fc.record({ kind: fc.constant('restart' as const), ms: fc.constant(0) }),
  );
  const take = (at: Rig, { kind, ms }: { kind: string; ms: number }): boolean => {
    if (kind === 'wall') at.wallMs = ms;
    else if (kind === 'boot') at.bootMs = ms;
    else if (kind === 'pass') at.pass(ms);
    else if (kind === 'restart') at.restart();
    else return at.clock.provenMs(ms, { fresh: kind === 'fresh' }).mark !== 'ignored';
    return false;
  };
  const isTime = (ms: number): boolean => ms >= 0 && ms <= Date.UTC(9999, 11, 31, 23, 59, 59, 999);

  it('trusted time is a time, never behind the wall clock, and without a fresh proof never goes back', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const at = rig();
        let last = at.clock.nowMs();
        let isProven = false;
        for (const one of steps) {
          isProven ||= take(at, one) && one.kind === 'fresh';
          const now = at.clock.nowMs();
          expect(Number.isSafeInteger(now) && isTime(now)).toBe(true);
          if (isTime(at.wallMs)) expect(now).toBeGreaterThanOrEqual(at.wallMs);
          if (!isProven) expect(now).toBeGreaterThanOrEqual(last);
          const offsetMs = at.clock.offsetMs();
          if (offsetMs !== undefined) expect(at.wallMs + offsetMs).toBe(now);
          expect(['fine', 'behind', 'ahead']).toContain(at.clock.reading());
          last = now;
        }
      }),
      tries(2000),
    );
  });

  it('trusted time is never behind what a server said, until another one freshly says less', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const at = rig();
        let provenMs = 0;
        for (const one of steps) {
          const isTaken = take(at, one);
          if (isTaken && one.kind === 'fresh') provenMs = one.ms;
          else if (isTaken) provenMs = Math.max(provenMs, one.ms);
          expect(at.clock.nowMs()).toBeGreaterThanOrEqual(provenMs);
        }
      }),
      tries(2000),
    );
  });
});
