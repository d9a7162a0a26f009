import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createChangeWatch, LONGEST_WAIT_MS } from '../../../src-main/clock/change-watch.js';
import { manualTimers } from '../../support/client/manual-timers.js';
import { tries } from '../../support/client/property.js';

const HOUR_MS = 60 * 60 * 1000;

/** A watch over a list of moments for each service, with a clock and timers that only the test moves. */
function rig(moments: Readonly<Record<string, number[]>>) {
  const timers = manualTimers();
  const told: string[] = [];
  const at = { nowMs: 0 };
  const watch = createChangeWatch({
    services: Object.keys(moments),
    nextChangeMs: (service) => {
      const later = (moments[service] ?? []).filter((ms) => ms > at.nowMs);
      return later.length > 0 ? Math.min(...later) : null;
    },
    nowMs: () => at.nowMs,
    startTimer: timers.startTimer,
    onDue: (service) => {
      told.push(`${service}@${at.nowMs}`);
      // As the product does: after every change the next moment is looked for.
      watch.check();
    },
  });
  return { at, told, timers, watch, moments };
}

describe('watching for what only time changes', () => {
  it('does nothing before it is started', () => {
    const { timers, watch } = rig({ a: [10] });
    watch.check();
    expect(timers.delaysMs()).toEqual([]);
  });

  it('tells at the due moment, once, and waits for the next', () => {
    const { at, told, timers, watch } = rig({ a: [1000, 5000] });
    watch.start();
    expect(timers.delaysMs()).toEqual([1000]);
    at.nowMs = 999;
    timers.fireAll();
    expect(told).toEqual([]);
    at.nowMs = 1000;
    timers.fireAll();
    expect(told).toEqual(['a@1000']);
    expect(timers.delaysMs()).toEqual([4000]);
  });

  it('looks every thirty seconds with one timer for all services, however far the next moment is', () => {
    const { at, timers, watch } = rig({ a: [HOUR_MS], b: [2 * HOUR_MS], c: [] });
    watch.start();
    for (let look = 0; look < 3; look += 1) {
      expect(timers.delaysMs()).toEqual([LONGEST_WAIT_MS]);
      at.nowMs += LONGEST_WAIT_MS;
      timers.fireAll();
    }
  });

  it('tells once after a jump over several moments, by timer or by check', () => {
    for (const wake of ['fireAll', 'check'] as const) {
      const { at, told, timers, watch } = rig({ a: [1000, 2000, 3000], b: [HOUR_MS] });
      watch.start();
      at.nowMs = 2500;
      if (wake === 'check') watch.check();
      else timers.fireAll();
      watch.check();
      expect(told).toEqual(['a@2500']);
      expect(timers.delaysMs()).toEqual([500]);
    }
  });

  it('tells nothing when the clock goes back, and once when it has come there again', () => {
    const { at, told, watch } = rig({ a: [1000] });
    at.nowMs = 500;
    watch.start();
    at.nowMs = -HOUR_MS;
    watch.check();
    expect(told).toEqual([]);
    at.nowMs = 1000;
    watch.check();
    watch.check();
    expect(told).toEqual(['a@1000']);
  });

  it('tells nothing of what has passed before the start', () => {
    const { at, told, watch } = rig({ a: [1000] });
    at.nowMs = 2000;
    watch.start();
    watch.check();
    expect(told).toEqual([]);
  });

  it('takes a moment that a change has brought nearer, and forgets one that it took away', () => {
    const { at, told, timers, watch, moments } = rig({ a: [HOUR_MS] });
    watch.start();
    moments['a']?.splice(0, 1, 2000);
    watch.check();
    expect(timers.delaysMs()).toEqual([2000]);
    moments['a']?.splice(0, 1);
    watch.check();
    at.nowMs = HOUR_MS;
    watch.check();
    expect(told).toEqual([]);
  });

  it('never waits shorter than a tenth of a second, though the clock stands still', () => {
    const { at, timers, watch } = rig({ a: [1] });
    watch.start();
    expect(timers.delaysMs()).toEqual([100]);
    at.nowMs = Number.NaN;
    timers.fireAll();
    expect(timers.delaysMs()).toEqual([LONGEST_WAIT_MS]);
  });

  it('ends with its timer, also when it is stopped by whom it tells', () => {
    const { at, told, timers, watch } = rig({ a: [1000], b: [1000] });
    watch.start();
    watch.stop();
    at.nowMs = 1000;
    timers.fireAll();
    watch.check();
    expect([told, timers.delaysMs()]).toEqual([[], []]);

    const heard: string[] = [];
    let nowMs = 0;
    const second = manualTimers();
    const stopping = createChangeWatch({
      services: ['a', 'b'],
      nextChangeMs: () => (nowMs < 1000 ? 1000 : null),
      nowMs: () => nowMs,
      startTimer: second.startTimer,
      onDue: (service) => {
        heard.push(service);
        stopping.stop();
      },
    });
    stopping.start();
    nowMs = 1000;
    second.fireAll();
    expect([heard, second.delaysMs()]).toEqual([['a'], []]);
  });

  it('tells every moment that was passed exactly once in each look, whatever the jumps', () => {
    const moment = fc.integer({ min: 1, max: 100_000 });
    const jumps = fc.array(fc.integer({ min: -5000, max: 20_000 }), { maxLength: 30 });
    fc.assert(
      fc.property(fc.array(moment, { maxLength: 10 }), jumps, (moments, steps) => {
        const { at, told, timers, watch } = rig({ a: moments });
        watch.start();
        for (const stepMs of steps) {
          const fromMs = at.nowMs;
          const before = told.length;
          at.nowMs += stepMs;
          timers.fireAll();
          const isPassed = moments.some((ms) => ms > fromMs && ms <= at.nowMs);
          expect(told.length - before).toBe(Number(isPassed));
          expect(timers.delaysMs()).toHaveLength(1);
        }
      }),
      tries(1000),
    );
  });
});
