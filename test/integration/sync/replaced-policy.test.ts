import { describe, expect } from 'vitest';
import { publish } from '../../../src-server/services/published.js';
import type { ServiceProfile } from '../../../src-shared/manifest.js';
import type { PolicyText } from '../../../src-shared/policy-text.js';
import { decisionsIn } from '../../support/client/rows.js';
import { START_MS } from '../../support/client/sample-decision.js';
import { fixtureProfile } from '../../support/fixtures/service-profile.js';
import { labelWith, sampleText } from '../../support/policy-samples.js';
import { press, signIn, synced, test } from '../../support/network/sync-test.js';

/** The fixture service with these texts, newest first. */
function withTexts(texts: readonly PolicyText[]): ServiceProfile {
  const { manifest } = fixtureProfile('alpha');
  return { manifest: { ...manifest, languages: ['en'] }, policies: [...texts] };
}

describe('a policy that is replaced while a device is offline', () => {
  test('lets what was said under it count for it, and asks again only where the change is material', async ({
    make,
  }) => {
    const old = sampleText('2026-01-01');
    // In effect since before the press: somebody else receives what analytics collects.
    const label = labelWith('analytics', { recipients: ['Measurer', 'Somebody else'] });
    const fresh = sampleText('2026-11-01', { label });
    let published = [publish(withTexts([old]))];
    const world = await make(2, {
      services: () => published,
      profiles: [withTexts([old])],
    });
    const [device, other] = world.devices;
    if (!device || !other) throw new Error('there are two');
    await signIn(world, device);
    await synced(device);

    device.network.faultOf = () => ({ kind: 'refuse' });
    device.network.cutAll();
    await press(device, 'accept-all');
    expect(device.rig().states()).toEqual({ analytics: 'granted', advertising: 'granted' });
    await world.server.kill();
    published = [publish(withTexts([fresh, old]))];
    await world.server.start();
    device.network.faultOf = () => ({ kind: 'pass' });
    // Policies are looked at every ten minutes.
    device.clock.nowMs += 11 * 60_000;
    await synced(device);

    const [row] = decisionsIn(device.rig().file);
    expect(row?.decision.policy.version).toBe('2026-01-01');
    expect(row?.receivedAtMs, 'taken, not refused').toBeGreaterThan(START_MS);
    const asked = { analytics: 'ask-again', advertising: 'granted' };
    expect(device.rig().states()).toEqual(asked);
    expect(device.rig().view().bannerShows).toBe(true);
    await signIn(world, other);
    await synced(other);
    expect(other.rig().states()).toEqual(asked);
  });
});
