import { describe, expect, it } from 'vitest';
import { createBootClock } from '../../../src-main/clock/boot-clock.js';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** Three clocks; time goes on for all of them, and while the machine sleeps not for the process's own. */
function machine() {
  const at = { uptimeMs: 5000, runningMs: 0, wallMs: Date.UTC(2026, 10, 23), asked: 0 };
  const clock = createBootClock(
    () => {
      at.asked += 1;
      return at.uptimeMs;
    },
    () => at.runningMs,
    () => at.wallMs,
  );
  return {
    at,
    clock,
    pass(ms: number) {
      at.uptimeMs += ms;
      at.runningMs += ms;
      at.wallMs += ms;
    },
    sleep(ms: number) {
      at.uptimeMs += ms;
      at.wallMs += ms;
    },
  };
}

describe('the clock that counts from the start of the machine', () => {
  it('goes on with the process alone while the clocks agree, and asks once a minute', () => {
    const { at, clock, pass } = machine();
    for (let second = 0; second < 59; second += 1) {
      pass(SECOND_MS);
      expect(clock()).toBe(at.uptimeMs);
    }
    expect(at.asked).toBe(1);
    pass(SECOND_MS);
    expect(clock()).toBe(at.uptimeMs);
    expect(at.asked).toBe(2);
  });

  it('counts what the machine slept at the first look after it', () => {
    const { at, clock, pass, sleep } = machine();
    sleep(HOUR_MS);
    pass(SECOND_MS);
    expect(clock()).toBe(at.uptimeMs);
  });

  it('counts it within a minute where the clock was set back by as much', () => {
    const { at, clock, pass, sleep } = machine();
    sleep(HOUR_MS);
    at.wallMs -= HOUR_MS;
    pass(MINUTE_MS);
    expect(clock()).toBe(at.uptimeMs);
  });

  it('asks where a clock was set or names no time, at most once a second, and never goes back', () => {
    const { at, clock, pass } = machine();
    at.wallMs -= HOUR_MS;
    pass(SECOND_MS - 1);
    const before = clock();
    expect(at.asked).toBe(1);
    pass(1);
    at.uptimeMs -= 10;
    expect(clock()).toBeGreaterThan(before);
    expect(at.asked).toBe(2);
    at.wallMs = Number.NaN;
    pass(SECOND_MS);
    clock();
    expect(at.asked).toBe(3);
  });
});
