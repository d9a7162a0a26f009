import { describe, expect, it } from 'vitest';
import { createServerDate } from '../../../src-main/clock/index.js';

const NOW_MS = Date.parse('2026-11-22T10:00:00.000Z');
const HOUR_MS = 3_600_000;

function rig() {
  const clock = { wallMs: NOW_MS, sinceBootMs: 5000 };
  const date = createServerDate({
    wallMs: () => clock.wallMs,
    sinceBootMs: () => clock.sinceBootMs,
  });
  return { clock, date };
}

describe('how wrong this clock is, by what servers say', () => {
  it('is what is signed while no server has said anything', () => {
    const { date } = rig();
    expect([date.offsetMs(undefined), date.offsetMs(7000)]).toEqual([undefined, 7000]);
  });

  it('is nothing, within what a second and a journey can make of it', () => {
    const { date } = rig();
    date.heard(NOW_MS - 900);
    expect([date.offsetMs(undefined), date.offsetMs(7000)]).toEqual([0, 7000]);
  });

  it('is how far it is ahead, also when it is set afterwards', () => {
    const { clock, date } = rig();
    date.heard(NOW_MS - HOUR_MS);
    expect(date.offsetMs(0)).toBe(-HOUR_MS);
    clock.wallMs += HOUR_MS;
    clock.sinceBootMs += 60_000;
    expect(date.offsetMs(0)).toBe(-2 * HOUR_MS + 60_000);
  });

  it('never puts a press further ahead than what is signed: a grant would last longer by that', () => {
    const { date } = rig();
    date.heard(NOW_MS + HOUR_MS);
    expect([date.offsetMs(undefined), date.offsetMs(5000)]).toEqual([undefined, 5000]);
  });

  it('is not listened to where it is no number', () => {
    const { date } = rig();
    date.heard(Number.NaN);
    expect(date.offsetMs(undefined)).toBeUndefined();
  });
});
