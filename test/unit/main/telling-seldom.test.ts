import { expect, it } from 'vitest';
import { createTellingSeldom, TOLD_EVERY_MS } from '../../../src-main/sync/telling-seldom.js';

function setUp() {
  let nowMs = 1000;
  let told = 0;
  const timers = new Map<number, { run: () => void; atMs: number }>();
  let started = 0;
  const telling = createTellingSeldom(
    {
      sinceBootMs: () => nowMs,
      startTimer(run, delayMs) {
        started += 1;
        const key = started;
        timers.set(key, { run, atMs: nowMs + delayMs });
        return () => void timers.delete(key);
      },
    },
    () => {
      told += 1;
    },
  );
  return {
    telling,
    told: () => told,
    pending: () => [...timers.values()].map(({ atMs }) => atMs - nowMs),
    pass(ms: number) {
      nowMs += ms;
      for (const [key, { run, atMs }] of timers) {
        if (atMs > nowMs) continue;
        timers.delete(key);
        run();
      }
    },
  };
}

it('tells at once for the first time, and then once for all that comes within the time', () => {
  const { telling, told, pending, pass } = setUp();
  telling.soon();
  expect(told()).toBe(1);
  pass(TOLD_EVERY_MS - 50);
  telling.soon();
  telling.soon();
  expect(told()).toBe(1);
  expect(pending()).toEqual([50]);
  pass(50);
  expect(told()).toBe(2);
  expect(pending()).toEqual([]);
  pass(TOLD_EVERY_MS);
  telling.soon();
  expect(told()).toBe(3);
});

it('says the end at once, and nothing after it', () => {
  const { telling, told, pending, pass } = setUp();
  telling.now();
  telling.soon();
  telling.now();
  expect(told()).toBe(2);
  expect(pending()).toEqual([]);
  pass(10 * TOLD_EVERY_MS);
  expect(told()).toBe(2);
});
