import Database from 'better-sqlite3';
import { describe, expect } from 'vitest';
import { test, type GateDevice } from '../../support/gate/gate-device.js';

const ALPHA = { service: 'alpha' };

/** From now on the disk takes nothing about limits; the answer lets it again. */
function takesNothing({ rig }: GateDevice): () => void {
  const other = new Database(rig.file);
  other.exec(`CREATE TRIGGER no BEFORE INSERT ON meta BEGIN SELECT RAISE(ABORT, 'no'); END`);
  return () => {
    other.exec('DROP TRIGGER no');
    other.close();
  };
}

const NOT_SAVED = { ok: false, error: { code: 'not-saved' } };

describe('"Never on this device" that the disk does not take', () => {
  test('is told, shows as it is kept, and closes all the same', async ({ device }) => {
    await device.press('accept-all');
    const again = takesNothing(device);
    const { handlers } = device.rig;
    const input = { ...ALPHA, purpose: 'analytics', isNever: true };
    expect(await handlers['limits.neverHere'](input)).toMatchObject(NOT_SAVED);
    expect(device.rig.view().purposes.find(({ id }) => id === 'analytics')?.neverHere).toBe(false);
    await device.turn();
    expect(device.closedBy()).toBe('being-refused');
    again();
    expect((await handlers['limits.neverHere'](input)).ok).toBe(true);
    expect(device.closedBy()).toBe('never-on-this-device');
  });
});

describe('the opt-out signal that the disk does not take', () => {
  test.override({ purpose: 'advertising' });

  test('is told, shows as it is kept, and closes for every service all the same', async ({
    device,
  }) => {
    await device.press('accept-all');
    const { rig } = device;
    const { revision } = rig.view('beta');
    await rig.handlers['consent.decide']({
      service: 'beta',
      revision,
      action: 'accept-all',
      surface: 'settings',
      choices: {},
    });
    const again = takesNothing(device);
    expect(await rig.handlers['limits.signal']({ isOn: true })).toMatchObject(NOT_SAVED);
    expect([rig.view().signal, rig.view('beta').signal]).toEqual([false, false]);
    await device.turn();
    expect(device.closedBy()).toBe('being-refused');
    expect(rig.core.gate.tools('beta')[0]?.ruling).toEqual({
      isOpen: false,
      reason: 'being-refused',
    });
    again();
    expect((await rig.handlers['limits.signal']({ isOn: true })).ok).toBe(true);
    expect(device.closedBy()).toBe('opt-out-signal');
  });
});
