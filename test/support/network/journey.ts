import { PASSWORD } from '../../integration/server/support/client.js';
import type { NetworkDevice } from './device.js';
import type { NetworkRecord } from './network-record.js';
import type { NetworkWorld } from './network-world.js';

/**
 * Does something on a device as long as it lives.
 * @returns what came of it, or 'died' when the client died over it; it runs again by then.
 */
export type Attempt = <Value>(
  device: NetworkDevice,
  work: () => Promise<Value> | Value,
) => Promise<Value | 'died'>;

const PRESSES = [
  { action: 'accept-all', choices: {} },
  { action: 'save', choices: { analytics: 'denied' } },
  { action: 'save', choices: { analytics: 'granted' } },
] as const;
const PATIENCE_MS = 15_000;

/**
 * A short journey of one person with two devices, who does again what the window does not show as done: signs in on the first,
 * says three things, waits until they are sent, signs in on the second, waits until it shows the same, signs out on the first.
 */
export async function journey(
  world: NetworkWorld,
  record: NetworkRecord,
  attempt: Attempt,
): Promise<void> {
  const [one, two] = world.devices;
  const [account] = world.accounts;
  if (!one || !two || !account) throw new Error('it takes two devices and an account');
  const service = 'alpha';
  const deadlineMs = performance.now() + PATIENCE_MS;
  const untilTrue = async (
    device: NetworkDevice,
    isDone: () => boolean,
    work: () => unknown,
  ): Promise<void> => {
    while (!isDone()) {
      if (performance.now() > deadlineMs) throw new Error(`stuck: ${isDone.toString()}`);
      await attempt(device, work);
      await attempt(device, () => world.quiet());
    }
  };
  const signIn = (device: NetworkDevice): Promise<void> =>
    untilTrue(
      device,
      () => device.rig().view().subject.kind === 'signed-in',
      () => {
        const input = { service, email: account.email, password: PASSWORD, remember: true };
        return device.rig().handlers['session.signIn'](input);
      },
    );
  const sync = (device: NetworkDevice) => () => device.rig().handlers['sync.now']({ service });

  await signIn(one);
  for (const press of PRESSES) {
    const before = record.before(one);
    const surface = 'settings' as const;
    const { revision } = one.rig().view();
    const choices = { ...press.choices };
    const outcome = await attempt(one, () =>
      one.rig().handlers['consent.decide']({ service, revision, surface, ...press, choices }),
    );
    if (outcome !== 'died' && !outcome.ok) throw new Error(JSON.stringify(outcome.error));
    // Also what was saved by a client that died before it could say so.
    record.confirmed(one, before);
  }
  await untilTrue(one, () => one.rig().view().sync.state === 'synced', sync(one));
  await signIn(two);
  const states = (device: NetworkDevice): string => JSON.stringify(device.rig().states());
  await untilTrue(
    two,
    () => two.rig().view().sync.state === 'synced' && states(two) === states(one),
    sync(two),
  );
  await untilTrue(
    one,
    () => one.rig().view().subject.kind === 'signed-out',
    () => one.rig().handlers['session.signOut']({ service }),
  );
}
