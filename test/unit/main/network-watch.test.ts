import { describe, expect, it } from 'vitest';
import { createNetworkWatch } from '../../../src-main/sync/index.js';
import { manualTimers } from '../../support/client/manual-timers.js';

function rig() {
  const timers = manualTimers();
  const system = { isOnline: false };
  let told = 0;
  const watch = createNetworkWatch({
    isOnline: () => system.isOnline,
    startTimer: timers.startTimer,
    onOnline: () => (told += 1),
  });
  return { timers, system, watch, told: () => told };
}

describe('watching for a network', () => {
  it('tells once when it comes back, and then asks no more', () => {
    const { timers, system, watch, told } = rig();
    watch.watch();
    watch.watch();
    expect(timers.delaysMs()).toEqual([1000]);
    timers.fireAll();
    expect(told()).toBe(0);
    system.isOnline = true;
    timers.fireAll();
    expect([told(), timers.delaysMs()]).toEqual([1, []]);
  });

  it('tells nothing while the system never was without one: only the service is away', () => {
    const { timers, system, watch, told } = rig();
    system.isOnline = true;
    watch.watch();
    timers.fireAll();
    expect([told(), timers.delaysMs()]).toEqual([0, [1000]]);
  });

  it('ends when everything was reached', () => {
    const { timers, system, watch, told } = rig();
    watch.watch();
    watch.stop();
    system.isOnline = true;
    expect([told(), timers.delaysMs()]).toEqual([0, []]);
    watch.watch();
    timers.fireAll();
    expect(told()).toBe(0);
  });
});
