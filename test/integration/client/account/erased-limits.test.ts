import { describe, expect } from 'vitest';
import { test } from '../../../support/client/server-world.js';

describe('erasing what is kept of a service', () => {
  test('takes its limits along, and leaves those of others', async ({ world }) => {
    const { rig } = await world.device();
    for (const service of ['alpha', 'beta']) {
      const limit = { service, purpose: 'analytics', isNever: true };
      expect((await rig.handlers['limits.neverHere'](limit)).ok).toBe(true);
    }
    expect((await rig.handlers['limits.signal']({ isOn: true })).ok).toBe(true);
    const { meta } = rig.store;
    const limits = (service: string) => [meta.neverHere(service), meta.optOutSignal(service)];
    expect(limits('alpha')).toEqual([['analytics'], true]);
    expect((await rig.handlers['session.signOutAndErase']({ service: 'alpha' })).ok).toBe(true);
    expect(limits('alpha')).toEqual([[], false]);
    expect(limits('beta')).toEqual([['analytics'], true]);
  });
});
