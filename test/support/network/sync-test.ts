import { test as base, expect, vi } from 'vitest';
import { PASSWORD } from '../../integration/server/support/client.js';
import type { NetworkDevice } from './device.js';
import { networkWorld, type NetworkWorld, type WorldParts } from './network-world.js';
import { serverTemplate } from './server-template.js';

/** Makes worlds of so many devices, which go when the test is over. */
export type MakeWorld = (devices: number, parts?: WorldParts) => Promise<NetworkWorld>;

/** The test function of journeys between real clients and the real server over networks that may be bad. */
export const test = base.extend<{ make: MakeWorld }>({
  // Vitest finds out what a fixture needs from this very pattern, so it has to be there though it is empty.
  // eslint-disable-next-line no-empty-pattern
  make: async ({}, use) => {
    const template = await serverTemplate();
    const worlds: NetworkWorld[] = [];
    await use(async (devices, parts) => {
      const world = await networkWorld(template, devices, parts);
      worlds.push(world);
      return world;
    });
    for (const world of worlds) await world.remove();
    template.remove();
  },
});

/** Waits until `claim` does not throw any more. */
export function until(claim: () => void, timeoutMs = 20_000): Promise<void> {
  return vi.waitFor(claim, { timeout: timeoutMs, interval: 10 });
}

/** Signs in to an account of the world by its number; throws what went wrong. */
export async function signIn(
  world: Pick<NetworkWorld, 'accounts'>,
  device: NetworkDevice,
  account = 0,
): Promise<void> {
  const email = world.accounts[account]?.email ?? '';
  const input = { service: 'alpha', email, password: PASSWORD, remember: true };
  const outcome = await device.rig().handlers['session.signIn'](input);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
}

/** Presses one of the plain answers on the screen as it stands. */
export async function press(
  device: NetworkDevice,
  action: 'accept-all' | 'necessary-only' | 'withdraw',
): Promise<void> {
  const { revision } = device.rig().view();
  const input = { service: 'alpha', revision, action, surface: 'settings' as const, choices: {} };
  const outcome = await device.rig().handlers['consent.decide'](input);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
}

/** "Try now". */
export async function tryNow(device: NetworkDevice): Promise<void> {
  await device.rig().handlers['sync.now']({ service: 'alpha' });
}

/** Asks until everything is sent and fetched. */
export function synced(device: NetworkDevice, timeoutMs = 20_000): Promise<void> {
  return vi.waitFor(
    async () => {
      await tryNow(device);
      expect(device.rig().view().sync).toEqual({ state: 'synced', waiting: 0, problem: 'none' });
    },
    { timeout: timeoutMs, interval: 50 },
  );
}
