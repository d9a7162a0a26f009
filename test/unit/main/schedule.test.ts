import { describe, expect, it } from 'vitest';
import { createSchedule } from '../../../src-main/sync/schedule.js';
import { manualTimers } from '../../support/client/manual-timers.js';

function rig() {
  const timers = manualTimers();
  const clock = { nowMs: Date.parse('2026-11-22T10:00:00.000Z') };
  let runs = 0;
  const parts = { nowMs: () => clock.nowMs, sinceBootMs: () => clock.nowMs };
  const schedule = createSchedule({ ...parts, startTimer: timers.startTimer }, () => {
    runs += 1;
  });
  return { schedule, timers, clock, runs: () => runs };
}

describe('when the next run comes', () => {
  it('is told, and that time is over once it has begun', () => {
    const { schedule, timers, runs } = rig();
    expect(schedule.nextAt()).toBeNull();
    schedule.next(5000, null);
    expect(schedule.nextAt()).toBe('2026-11-22T10:00:05.000Z');
    timers.fireAll();
    expect(runs()).toBe(1);
    expect(schedule.nextAt()).toBeNull();
    schedule.next(5000, null);
    schedule.begun();
    expect([schedule.nextAt(), timers.delaysMs()]).toEqual([null, []]);
  });

  it('is at once when something happens, unless the server has asked this session for a pause', () => {
    const { schedule, clock, runs } = rig();
    schedule.next(60_000, null);
    schedule.wake('one');
    expect(runs()).toBe(1);
    schedule.next(60_000, 'one');
    schedule.wake('one');
    expect(runs()).toBe(1);
    schedule.wake('another');
    expect(runs()).toBe(2);
    clock.nowMs += 60_000;
    schedule.wake('one');
    expect(runs()).toBe(3);
  });

  it('comes when the pause is over, also while the clock stands still', () => {
    const { schedule, timers, runs } = rig();
    schedule.next(60_000, 'one');
    timers.fireAll();
    schedule.wake('one');
    expect(runs()).toBe(2);
  });

  it('can be brought forward, but not put off, and not into a pause', () => {
    const { schedule, timers } = rig();
    schedule.next(60_000, null);
    schedule.within(90_000);
    expect(timers.delaysMs()).toEqual([60_000]);
    schedule.within(2000);
    expect(timers.delaysMs()).toEqual([2000]);
    schedule.next(60_000, 'one');
    schedule.within(2000);
    expect(timers.delaysMs()).toEqual([60_000]);
  });

  it('is never, after a stop', () => {
    const { schedule, timers } = rig();
    schedule.next(1000, null);
    schedule.stop();
    expect([timers.delaysMs(), schedule.nextAt()]).toEqual([[], null]);
  });
});
