import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect } from 'vitest';
import type { ServiceProfile } from '../../../src-shared/manifest.js';
import { fixtureProfile } from '../../support/fixtures/service-profile.js';
import { decisionsIn, outboxIn } from '../../support/client/rows.js';
import {
  type Device,
  newEmail,
  pressOn,
  signInOn,
  syncNow,
  test,
  until,
  untilSynced,
} from '../../support/client/server-world.js';

/** The profile of the service with another text than the one it has published. */
function otherText(): ServiceProfile {
  const { manifest, policies } = fixtureProfile('alpha');
  return {
    manifest,
    policies: policies.map((policy) => ({
      ...policy,
      label: { ...policy.label, summary: 'A text that the service never published.' },
    })),
  };
}

async function synced(device: Device): Promise<void> {
  await syncNow(device);
  await until(() => expect(device.rig.view().sync.waiting).toBe(0));
}

describe('what the server refuses', () => {
  test('a grant stops counting at once, and the person is told', async ({ world }) => {
    const device = await world.device([otherText()]);
    await signInOn(device, newEmail(), { create: true });
    await untilSynced(device);
    device.network.up = false;
    await pressOn(device, 'accept-all');
    expect(device.rig.states()).toEqual({ analytics: 'granted', advertising: 'granted' });
    device.network.up = true;
    await synced(device);
    expect(device.rig.states()).toEqual({ analytics: 'ask-again', advertising: 'ask-again' });
    await until(() => {
      expect(device.rig.view().sync).toEqual({ state: 'error', waiting: 0, problem: 'refused' });
    });
    expect(outboxIn(device.rig.file, 'refused')).toHaveLength(1);
    expect(decisionsIn(device.rig.file)).toHaveLength(1);
    // It stays refused after a restart and is not sent once more.
    await device.rig.stop();
    device.start();
    const before = device.network.asked.length;
    await device.rig.core.begin();
    await until(() => expect(device.rig.view().sync.problem).toBe('refused'));
    await until(() => {
      expect(device.network.asked.slice(before)).toContain(
        `GET ${world.server.origin}/alpha/v1/decisions`,
      );
    });
    expect(device.network.asked.slice(before).filter((asked) => asked.startsWith('POST'))).toEqual(
      [],
    );
    expect(device.rig.states()).toEqual({ analytics: 'ask-again', advertising: 'ask-again' });
  });

  test('a denial under an unpublished text is taken: it is never refused for a reason of policy', async ({
    world,
  }) => {
    const device = await world.device([otherText()]);
    await signInOn(device, newEmail(), { create: true });
    await pressOn(device, 'necessary-only');
    await untilSynced(device);
    expect(device.rig.states()).toEqual({ analytics: 'denied', advertising: 'denied' });
    expect(outboxIn(device.rig.file, 'refused')).toEqual([]);
  });
});

describe('a profile that was restored from a backup', () => {
  /** Signs in and decides; then the profile goes back to before that decision, with or without what the keychain knows. */
  async function restored(device: Device, email: string, anchor: 'kept' | 'gone'): Promise<void> {
    await signInOn(device, email, { create: true });
    // The chain has begun, so that the next numbers are used twice.
    await pressOn(device, 'accept-all');
    await untilSynced(device);
    await device.rig.stop();
    const file = path.join(device.folder, 'sayso.db');
    copyFileSync(file, `${file}.backup`);
    device.start();
    await device.rig.core.begin();
    await pressOn(device, 'accept-all');
    await untilSynced(device);
    await device.rig.stop();
    copyFileSync(`${file}.backup`, file);
    const { secrets } = device.keychain;
    const anchors = [...secrets.keys()].filter((name) => name.endsWith('/anchor'));
    expect(anchors).not.toEqual([]);
    for (const name of anchor === 'gone' ? anchors : []) secrets.delete(name);
    device.start();
  }

  test('a refusal whose number is used already holds on this device', async ({ world }) => {
    const device = await world.device();
    await restored(device, newEmail(), 'gone');
    await pressOn(device, 'necessary-only');
    await device.rig.core.begin();
    await until(() => expect(outboxIn(device.rig.file, 'refused')).toHaveLength(1));
    expect(device.rig.states()).toEqual({ analytics: 'denied', advertising: 'denied' });
    expect(device.rig.view().ledger).toEqual({ state: 'suspect', reason: 'forked' });
  });

  test('is known to be older by the anchor: a refusal holds, and nothing can be allowed or sent', async ({
    world,
  }) => {
    const device = await world.device();
    await restored(device, newEmail(), 'kept');
    const before = device.network.asked.length;
    await device.rig.core.begin();
    await until(() => {
      expect(device.rig.view().ledger).toEqual({ state: 'suspect', reason: 'older' });
    });
    await expect(pressOn(device, 'accept-all')).rejects.toThrow('ledger-suspect');
    await pressOn(device, 'necessary-only');
    await syncNow(device);
    expect(device.rig.states()).toEqual({ analytics: 'denied', advertising: 'denied' });
    expect(device.network.asked.slice(before).filter((asked) => asked.startsWith('POST'))).toEqual(
      [],
    );
  });

  test('still learns of a refusal on another device, also when it has used the number again', async ({
    world,
  }) => {
    const device = await world.device();
    const email = newEmail();
    await restored(device, email, 'gone');
    await pressOn(device, 'accept-all');
    const other = await world.device();
    await signInOn(other, email);
    await untilSynced(other);
    await pressOn(other, 'necessary-only');
    await until(() => expect(other.rig.view().sync.waiting).toBe(0));
    await device.rig.core.begin();
    await until(() => expect(outboxIn(device.rig.file, 'refused')).toHaveLength(1));
    await until(() =>
      expect(device.rig.states()).toEqual({ analytics: 'denied', advertising: 'denied' }),
    );
  });
});
