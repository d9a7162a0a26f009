import { randomUUID } from 'node:crypto';
import { test as base, expect, vi } from 'vitest';
import type { Fetch } from '../../../src-main/api/index.js';
import type { ServiceProfile } from '../../../src-shared/manifest.js';
import { startTestServer, type TestServer } from '../../integration/server/support/test-server.js';
import { openRig, type Rig } from './core-rig.js';
import { memoryKeychain, type MemoryKeychain } from './memory-keychain.js';
import { networkThrough, type Network } from './network.js';
import { quiet } from './quiet.js';
import { START_MS } from './sample-decision.js';
import { temporaryFolder } from './temporary-folder.js';

/** One device: a profile folder with its keychain and its way to the server, and the client that runs on it at the moment. */
export interface Device {
  readonly folder: string;
  readonly keychain: MemoryKeychain;
  readonly network: Network;
  readonly clock: { nowMs: number };
  rig: Rig;
  /** Starts the client again after a stop or a crash, up to the moment before the keychain is asked. */
  start(): Rig;
}

/** The real reference server over HTTP, and any number of devices. */
export interface ServerWorld {
  readonly server: TestServer;
  device(profiles?: readonly ServiceProfile[]): Promise<Device>;
}

export const PASSWORD = 'correct horse battery staple';

/** An address that no other test uses. */
export function newEmail(): string {
  return `${randomUUID()}@example.org`;
}

/** Waits until `claim` does not throw any more. */
export function until(claim: () => void): Promise<void> {
  return vi.waitFor(claim, { timeout: 15_000, interval: 10 });
}

/** Signs in, or creates an account first, through the handlers of the window; throws what went wrong. */
export async function signInOn(
  { rig }: Device,
  email: string,
  { create = false, remember = true, service = 'alpha' } = {},
): Promise<void> {
  const input = { service, email, password: PASSWORD, remember };
  const call = create ? 'session.createAccount' : 'session.signIn';
  const outcome = await rig.handlers[call](input);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
}

/** The global `fetch`, each request on a connection of its own: one that is kept alive would hold up the end of the server. */
const askOnce: Fetch = (address, init) => {
  const headers = new Headers(init.headers);
  headers.set('connection', 'close');
  return fetch(address, { ...init, headers });
};

/** "Try now". */
export async function syncNow({ rig }: Device): Promise<void> {
  await rig.handlers['sync.now']({ service: 'alpha' });
}

/** Waits until the device shows that everything is sent and fetched; does nothing for it. */
export function untilSynced({ rig }: Device): Promise<void> {
  return until(() => expect(rig.view().sync.state).toBe('synced'));
}

/** Waits until nothing is under way any more. */
export function quietly({ network }: Device): Promise<void> {
  return quiet({ busy: () => network.onTheirWay() > 0, requests: () => network.asked.length });
}

type Press = 'accept-all' | 'necessary-only' | 'withdraw';

/** Presses one of the plain answers on the screen as it stands. */
export async function pressOn({ rig }: Device, action: Press, service = 'alpha'): Promise<void> {
  const { revision } = rig.view(service);
  const input = { service, revision, action, surface: 'settings' as const, choices: {} };
  const outcome = await rig.handlers['consent.decide'](input);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
}

/** The test function of the client's integration tests. */
export const test = base.extend<{ world: ServerWorld }>({
  // Vitest finds out what a fixture needs from this very pattern, so it has to be there though it is empty.
  // eslint-disable-next-line no-empty-pattern
  world: async ({}, use) => {
    const server = await startTestServer({ nowMs: START_MS });
    const ends: (() => Promise<void> | void)[] = [() => server.remove()];
    await use({
      server,
      async device(profiles) {
        const { folder, remove } = temporaryFolder('device');
        const keychain = memoryKeychain();
        const network = networkThrough(askOnce);
        const clock = { nowMs: START_MS };
        const start = (): Rig => {
          const { fetch: through } = network;
          const parts = { folder, fetch: through, server: server.origin, keychain, clock };
          device.rig = openRig({ ...parts, ...(profiles ? { profiles } : {}) });
          return device.rig;
        };
        const device = { folder, keychain, network, clock, start } as Device;
        start();
        await device.rig.core.begin();
        ends.push(async () => {
          // Nothing is cut short: the server would wait for a connection on which nothing was ever sent.
          await quietly(device);
          if (device.rig.isOpen()) await device.rig.stop();
          remove();
        });
        return device;
      },
    });
    for (const end of ends.toReversed()) await end();
  },
});
