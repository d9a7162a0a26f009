import { randomBytes } from 'node:crypto';
import { v7 } from 'uuid';
import { describe, expect } from 'vitest';
import { currentSubject } from '../../../src-main/consent/index.js';
import { recordDecision } from '../../../src-main/consent/record.js';
import { policySha256 } from '../../../src-server/services/published.js';
import { mustCommit } from '../../support/client/open-store.js';
import type { NetworkDevice } from '../../support/network/device.js';
import { decisionCountIn, decisionsIn, outboxIn } from '../../support/client/rows.js';
import { signIn, synced, test, tryNow, until } from '../../support/network/sync-test.js';

const DAYS = 400;
const PER_DAY = 25;
const DAY_MS = 24 * 3_600_000;

/** Writes what a person says in 400 days as presses would, but as one transaction: the disk is not what is tested here. */
function sayMany({ rig, clock }: NetworkDevice, startMs: number): void {
  const { store, core } = rig();
  const subject = currentSubject(store, 'alpha');
  const policy = core.policies.current('alpha');
  if (!policy) throw new Error('there is no policy');
  const { version, lang } = policy.text;
  const shown = { version, lang, sha256: policySha256(policy.text) };
  mustCommit(store, () => {
    for (let said = 0; said < DAYS * PER_DAY; said += 1) {
      clock.nowMs = startMs + Math.floor(said / PER_DAY) * DAY_MS;
      const purpose = said === 0 ? 'advertising' : 'analytics';
      recordDecision(
        {
          store,
          nowMs: () => clock.nowMs,
          clockOffsetMs: () => undefined,
          newDecisionId: () => v7(),
          randomBytes,
          signerOf: (service) => core.sessions.signerOf(service),
        },
        {
          service: 'alpha',
          subject,
          action: 'save',
          surface: 'settings',
          choices: { [purpose]: said > 0 && said % 2 === 0 ? 'denied' : 'granted' },
          heads: {
            [purpose]: store.register.headsOf('alpha', subject.key, purpose).map(({ id }) => id),
          },
          policy: shown,
        },
      );
    }
  });
}

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
      // Advertising is allowed once and never spoken of again; analytics is changed all the time, and allowed last.
      sayMany(device, world.clock.nowMs);
      const said = outboxIn(device.rig().file, 'waiting');
      expect(said).toHaveLength(DAYS * PER_DAY);
      const states = { analytics: 'granted', advertising: 'expired' };
      expect(device.rig().states()).toEqual(states);

      world.clock.nowMs = device.clock.nowMs;
      other.clock.nowMs = device.clock.nowMs;
      device.network.faultOf = () => ({ kind: 'pass' });
      await signIn(world, other);
      await tryNow(device);
      // The session ran out long ago.
      await until(() => expect(device.rig().view().subject.kind).toBe('expired'));
      await signIn(world, device);
      await synced(device, 120_000);
      const kept = world.server
        .database()
        .prepare<[], string>('SELECT id FROM entries ORDER BY position')
        .pluck()
        .all();
      expect(new Set(kept).size).toBe(kept.length);
      expect(kept.toSorted()).toEqual(said.toSorted());
      expect(device.rig().states()).toEqual(states);
      // The second device may be in the middle of reading, in this very process: to read all of its file with each look would
      // leave it no time.
      await until(() => {
        expect(decisionCountIn(other.rig().file)).toBe(DAYS * PER_DAY);
        expect(other.rig().states()).toEqual(states);
      }, 120_000);
      const read = decisionsIn(other.rig().file).map(({ decision }) => decision.id);
      expect(read.toSorted()).toEqual(said.toSorted());
    },
  );
});
