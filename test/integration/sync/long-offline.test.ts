import { describe, expect } from 'vitest';
import { decisionsIn, outboxIn } from '../../support/client/rows.js';
import { signIn, synced, test } from '../../support/network/sync-test.js';

const DAYS = 400;
const PER_DAY = 25;
const DAY_MS = 24 * 3_600_000;

describe('a device that was offline for 400 days', () => {
  test(
    'sends all 10,000 decisions in order; what ran out meanwhile is not revived, here or elsewhere',
    { timeout: 300_000 },
    async ({ make }) => {
      const world = await make(2);
      const [device, other] = world.devices;
      if (!device || !other) throw new Error('there are two');
      await signIn(world, device);
      await synced(device);
      device.network.faultOf = () => ({ kind: 'refuse' });
      device.network.cutAll();
      const service = 'alpha';
      const save = async (choices: Record<string, 'granted' | 'denied'>): Promise<void> => {
        const { revision } = device.rig().view();
        const said = { service, revision, action: 'save', surface: 'settings', choices } as const;
        const outcome = await device.rig().handlers['consent.decide'](said);
        if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
      };
      // Advertising is allowed once and never spoken of again; analytics is changed all the time, and allowed last.
      await save({ advertising: 'granted' });
      for (let said = 1; said < DAYS * PER_DAY; said += 1) {
        device.clock.nowMs = world.clock.nowMs + Math.floor(said / PER_DAY) * DAY_MS;
        await save({ analytics: said % 2 === 0 ? 'denied' : 'granted' });
      }
      const said = outboxIn(device.rig().file, 'waiting');
      expect(said).toHaveLength(DAYS * PER_DAY);
      const states = { analytics: 'granted', advertising: 'expired' };
      expect(device.rig().states()).toEqual(states);

      // The session ran out long ago, so the person signs in again.
      world.clock.nowMs = device.clock.nowMs;
      other.clock.nowMs = device.clock.nowMs;
      device.network.faultOf = () => ({ kind: 'pass' });
      await signIn(world, other);
      await device.rig().handlers['sync.now']({ service });
      await world.quiet();
      const { kind } = device.rig().view().subject;
      if (kind === 'expired') await signIn(world, device);
      await synced(device, 120_000);
      const kept = world.server
        .database()
        .prepare<[], string>('SELECT id FROM entries ORDER BY position')
        .pluck()
        .all();
      expect(new Set(kept).size).toBe(kept.length);
      expect(kept.toSorted()).toEqual(said.toSorted());
      expect(device.rig().states()).toEqual(states);
      await synced(other, 120_000);
      expect(other.rig().states()).toEqual(states);
      expect(decisionsIn(other.rig().file)).toHaveLength(DAYS * PER_DAY);
    },
  );
});
