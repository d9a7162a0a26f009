import { describe, expect, it } from 'vitest';
import { createRateLimiter } from '../../../src-server/auth/rate-limit.js';

function limiter(most: number, windowMs: number) {
  const clock = { nowMs: 1_000_000 };
  return { clock, ...createRateLimiter({ most, windowMs }, () => clock.nowMs) };
}

describe('a rate limiter', () => {
  it('lets so many through, then says how long to wait, then begins anew', () => {
    const { clock, take } = limiter(2, 1000);
    expect([take('a'), take('a'), take('a')]).toEqual([0, 0, 1000]);
    clock.nowMs += 999;
    expect(take('a')).toBe(1);
    clock.nowMs += 1;
    expect([take('a'), take('a'), take('a')]).toEqual([0, 0, 1000]);
  });

  it('counts each key for itself', () => {
    const { take } = limiter(1, 1000);
    expect([take('a'), take('b'), take('a')]).toEqual([0, 0, 1000]);
  });

  it('forgets a try that was given back, and not one more', () => {
    const { take, giveBack } = limiter(1, 1000);
    take('a');
    giveBack('a');
    giveBack('a');
    giveBack('never seen');
    expect([take('a'), take('a')]).toEqual([0, 1000]);
  });

  it('counts as many as a try costs, and asking for none costs nothing', () => {
    const { take } = limiter(5, 1000);
    expect([take('a', 0), take('a', 4), take('a', 0), take('a', 3)]).toEqual([0, 0, 0, 0]);
    expect([take('a', 0), take('a', 1)]).toEqual([1000, 1000]);
    expect(take('b', 0)).toBe(0);
  });

  it('still counts after a flood of other keys', () => {
    const { clock, take } = limiter(1, 1000);
    for (let key = 0; key < 15_000; key += 1) take(`old ${key}`);
    clock.nowMs += 1000;
    take('mine');
    for (let key = 0; key < 15_000; key += 1) take(`new ${key}`);
    expect(take('mine')).toBe(1000);
    expect(take('old 0')).toBe(0);
  });
});
