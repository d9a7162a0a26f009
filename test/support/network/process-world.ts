import type { ServerProcess } from '../server/server-process.js';
import { fixtureProfile } from '../fixtures/service-profile.js';
import { signedInAuditor, type Auditor } from './auditor.js';
import { networkDevice, type NetworkDevice } from './device.js';
import type { NetworkWorld } from './network-world.js';
import { signIn } from './sync-test.js';

/** Real clients of the service `alpha` whose server is a process of its own, or one of several. */
export interface ProcessWorld extends Pick<NetworkWorld, 'accounts' | 'devices'> {
  readonly audit: Auditor;
  /** From now on the clients reach this one; null: nobody. */
  reach(server: ServerProcess | null): void;
  remove(): Promise<void>;
}

/**
 * Signs devices in, over a good network.
 * @param server that knows the accounts.
 * @param accountOf for each device, the number of its account.
 */
export async function processWorld(
  server: ServerProcess,
  accounts: NetworkWorld['accounts'],
  accountOf: readonly number[],
): Promise<ProcessWorld> {
  const devices: NetworkDevice[] = [];
  let reached: ServerProcess | null = server;
  const base = (): string => {
    if (!reached) throw new Error('nobody is reached');
    return reached.base;
  };
  const audit = await signedInAuditor(
    base,
    accounts.map(({ email }) => email),
  );
  const profiles = [fixtureProfile('alpha')];
  for (const [index, account] of accountOf.entries()) {
    // The server's clock is the machine's, and so is theirs.
    const startMs = Date.now();
    const portOf = (): number | null => reached?.port ?? null;
    const device = await networkDevice(`device ${index}`, startMs, portOf, profiles);
    devices.push(device);
    await signIn({ accounts }, device, account);
  }
  return {
    accounts,
    devices,
    audit,
    reach(other) {
      reached = other;
    },
    async remove() {
      for (const device of devices) await device.remove();
    },
  };
}
