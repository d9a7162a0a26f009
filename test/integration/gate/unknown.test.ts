import { rmSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { test } from '../../support/gate/gate-device.js';

describe('while it is not known what holds, the gate is closed and what a tool has kept stays', () => {
  test('a clock put back by more than five minutes; set right it opens again', async ({
    device,
  }) => {
    await device.press('accept-all');
    await device.turn();
    device.probe.context().shelf.put('queue', 'kept');
    device.clock.nowMs -= 4 * 60 * 1000;
    expect(device.closedBy()).toBeNull();
    device.clock.nowMs -= 2 * 60 * 1000;
    expect(device.closedBy()).toBe('clock-behind');
    device.rig.core.look();
    expect(device.probe.happened).toEqual(['run', 'stop']);
    expect(device.rig.store.toolData.tools('alpha')).toEqual(['probe']);
    device.clock.nowMs += 6 * 60 * 1000;
    device.rig.core.look();
    expect(device.probe.happened).toEqual(['run', 'stop', 'run']);
    expect(device.probe.context().shelf.get('queue')).toBe('kept');
  });

  test('a ledger that is not believed', async ({ device }) => {
    await device.press('accept-all');
    await device.turn();
    device.rig.store.meta.holdSuspect('alpha', 'forked');
    device.rig.core.look();
    expect(device.probe.happened).toEqual(['run', 'stop']);
    expect(device.closedBy()).toBe('ledger-suspect');
    expect(device.rig.core.gate.tools('beta')[0]?.ruling).toEqual({
      isOpen: false,
      reason: 'not-asked',
    });
  });

  test('a database that is closed', async ({ device }) => {
    await device.press('accept-all');
    await device.turn();
    await device.rig.crash();
    expect(device.closedBy()).toBe('not-read');
    const { fetch, shelf } = device.probe.context();
    expect(await fetch('https://counter.example/', { method: 'GET' })).toEqual({
      ok: false,
      error: { code: 'refused', reason: 'not-read' },
    });
    expect(shelf.put('queue', 'x')).toBe(false);
  });

  test('a database that is gone at the next start, while the keychain knows that there was one', async ({
    device,
  }) => {
    await device.press('accept-all');
    await device.turn();
    await device.rig.stop();
    rmSync(device.rig.file);
    device.probe.happened.length = 0;
    const rig = device.start();
    expect(device.closedBy()).toBe('ledger-checking');
    await rig.core.begin();
    await device.turn();
    // Not `not-asked`: without its rows it would be closed anyway, and whoever presses then would open it.
    expect(device.closedBy()).toBe('ledger-suspect');
    expect(device.probe.happened).toEqual([]);
  });

  test('a start that has not come to compare the ledger: nothing runs, whatever was allowed', async ({
    device,
  }) => {
    await device.press('accept-all');
    await device.turn();
    await device.rig.crash();
    device.probe.happened.length = 0;
    const rig = device.start();
    rig.core.look();
    expect(device.closedBy()).toBe('ledger-checking');
    expect(device.probe.happened).toEqual([]);
  });
});

describe('only ever stricter', () => {
  test('never on this device and the opt-out signal close what was allowed', async ({ device }) => {
    await device.press('accept-all');
    await device.turn();
    const { store, core } = device.rig;
    store.meta.setNeverHere('alpha', ['analytics']);
    core.look();
    expect(device.closedBy()).toBe('never-on-this-device');
    expect(device.probe.happened).toEqual(['run', 'stop']);
    store.meta.setNeverHere('alpha', []);
    store.meta.setOptOutSignal('alpha', true);
    expect(device.closedBy(), 'analytics is neither advertising nor sale').toBeNull();
  });

  test('a grant that runs out closes at its moment', async ({ device }) => {
    await device.press('accept-all');
    await device.turn();
    device.probe.context().shelf.put('queue', 'x');
    device.clock.nowMs += 366 * 24 * 60 * 60 * 1000;
    device.rig.watchTimers.fireAll();
    await device.turn();
    expect(device.probe.happened).toEqual(['run', 'stop']);
    expect(device.rig.store.toolData.tools('alpha')).toEqual([]);
  });
});

test('what was queued never arrives: after a refusal and a crash right behind it, nothing is left to send', async ({
  device,
}) => {
  await device.press('accept-all');
  await device.turn();
  device.probe.context().shelf.put('queue', 'three pages');
  const batch = device.probe.context().shelf.newBatch();
  await device.press('withdraw');
  await device.rig.crash();
  const rig = device.start();
  expect(rig.store.toolData.tools('alpha')).toEqual([]);
  await rig.core.begin();
  await device.turn();
  expect(device.way.sent, 'the service is asked to forget, and nothing else').toEqual([
    { address: 'http://127.0.0.1:9/alpha/otlp/forget', body: JSON.stringify({ batches: [batch] }) },
  ]);
  expect(device.probe.happened).toEqual(['run', 'stop']);
  expect(rig.store.toolBatches.toForget('alpha', 10)).toEqual([]);
});
