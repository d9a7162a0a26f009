import { randomFrom } from '../faults/samples.js';
import { PASSWORD } from '../../integration/server/support/client.js';
import type { NetworkDevice } from './device.js';
import { randomFault } from './faults.js';
import type { NetworkPlan, NetworkStep } from './network-plan.js';
import { NetworkRecord, rowsOf } from './network-record.js';
import type { NetworkWorld } from './network-world.js';

const HOUR_MS = 3_600_000;
const SESSIONS_OUT_MS = 31 * 24 * HOUR_MS;

/** A history under way. */
export interface NetworkRun {
  readonly record: NetworkRecord;
  /** What was found to be wrong on the spot. */
  readonly faults: readonly string[];
  /** Signs every device in for the first time, over a good network. */
  begin(): Promise<void>;
  step(step: NetworkStep): Promise<void>;
  /** The network heals, the server is up, whoever was signed in and ran out signs in again. */
  heal(): Promise<void>;
  /** Lets every device look for something to do. */
  nudge(): Promise<void>;
}

/** What a device is signed in to, whatever state that session is in; null when it is signed out. */
export function accountOf(device: NetworkDevice): string | null {
  const session = device.rig().store.sessions.get('alpha');
  return session && session.state !== 'signing-out' ? session.accountId : null;
}

export function networkRun(world: NetworkWorld, plan: NetworkPlan): NetworkRun {
  const { server, devices } = world;
  const random = randomFrom(plan.seed);
  const record = new NetworkRecord();
  const faults: string[] = [];
  const signingIn = new Map<NetworkDevice, Promise<unknown>>();
  /** The session that a device was last to leave, whether it knows of that yet or not. */
  const left = new Map<NetworkDevice, string | undefined>();
  let copy: string | null = null;

  const sessionOf = (device: NetworkDevice) => device.rig().store.sessions.get('alpha')?.sessionId;
  /** A copy made before a device has handed over everything would be the only one to be without it. */
  const hasHandedOver = (device: NetworkDevice): boolean =>
    sessionOf(device) !== left.get(device) && device.rig().store.parting.count('alpha') === 0;

  const signIn = (device: NetworkDevice, account: number): Promise<unknown> => {
    const { email } = world.accounts[account % world.accounts.length] ?? { email: '' };
    const input = { service: 'alpha', email, password: PASSWORD, remember: true };
    const trying = Promise.resolve(device.rig().handlers['session.signIn'](input));
    signingIn.set(device, trying);
    // Keys that a copy has not heard of could not prove anything to a server put back from it.
    copy = null;
    return trying.finally(() => {
      if (signingIn.get(device) === trying) signingIn.delete(device);
    });
  };
  const decide = async (device: NetworkDevice, step: NetworkStep): Promise<void> => {
    if (step.kind !== 'press' && step.kind !== 'save') return;
    const before = record.before(device);
    const { handlers } = device.rig();
    const { revision } = device.rig().view();
    const outcome = await handlers['consent.decide']({
      service: 'alpha',
      revision,
      surface: 'settings',
      action: step.kind === 'save' ? 'save' : step.action,
      choices: step.kind === 'save' ? { [step.purpose]: step.choice } : {},
    });
    if (!outcome.ok) {
      // News may have come between the look and the press; anything else must not happen.
      if (outcome.error.code !== 'screen-changed') {
        faults.push(`${device.name}: pressing ended in ${outcome.error.code}`);
      }
      return;
    }
    const said = record.confirmed(device, before);
    const states = device.rig().states();
    for (const { choices } of said) {
      for (const [purpose, choice] of Object.entries(choices)) {
        const now = purpose === '*' ? Object.values(states) : [states[purpose]];
        if (choice === 'denied' && now.some((state) => state !== 'denied')) {
          faults.push(`${device.name}: ${purpose} was denied and reads ${now.join()}`);
        }
      }
    }
  };
  const restart = async (device: NetworkDevice, how: 'quit' | 'crash'): Promise<void> => {
    if (how === 'crash') signingIn.delete(device);
    await device.restart(how);
  };
  const leaves = async (device: NetworkDevice, how: () => unknown) => {
    // What a server put back from a copy has lost can only come from who still has it.
    if (record.wasPutBack || accountOf(device) === null) return;
    copy = null;
    left.set(device, sessionOf(device));
    await how();
  };

  const act = async (device: NetworkDevice, step: NetworkStep): Promise<void> => {
    switch (step.kind) {
      case 'press':
      case 'save':
        return decide(device, step);
      case 'network': {
        const { badness } = step;
        device.network.faultOf = () =>
          badness > 1 ? { kind: 'refuse' } : randomFault(random, badness);
        if (badness > 1) device.network.cutAll();
        else if (badness === 0) device.network.release();
        return;
      }
      case 'sync':
        await device.rig().handlers['sync.now']({ service: 'alpha' });
        return;
      case 'timers':
        device.rig().timers.fireAll();
        device.rig().silenceTimers.fireAll();
        return;
      case 'restart':
        return restart(device, step.how);
      case 'sign-in': {
        const { kind } = device.rig().view().subject;
        if (signingIn.has(device) || record.wasPutBack) return;
        // Whoever is signed in cannot sign in to something else.
        if (kind === 'signed-out' || kind === 'expired') void signIn(device, step.account);
        return;
      }
      case 'sign-out':
        return leaves(device, () => device.rig().handlers['session.signOut']({ service: 'alpha' }));
      case 'end-session':
        if (server.port() === null) return;
        return leaves(device, () => {
          server
            .database()
            .prepare('UPDATE sessions SET ended_at_ms = ? WHERE id = ? AND ended_at_ms IS NULL')
            .run(world.clock.nowMs, sessionOf(device));
        });
      case 'erase': {
        const account = accountOf(device);
        const own = rowsOf(device).filter(
          ({ madeHere, subject, body }) => madeHere && body !== null && subject === account,
        );
        const one = own[step.pick % Math.max(own.length, 1)];
        if (one && !record.wasPutBack) {
          await device.rig().handlers['history.erase']({ service: 'alpha', id: one.id });
          copy = null;
        }
        return;
      }
      case 'clock':
        device.clock.nowMs += step.byHours * HOUR_MS;
        return;
      case 'kill-server':
        if (server.port() === null) return;
        await server.kill();
        if (!step.staysDown) await server.start();
        return;
      case 'start-server':
        if (server.port() === null) await server.start();
        return;
      case 'expire':
        world.clock.nowMs += SESSIONS_OUT_MS;
        return;
      case 'copy-server':
        if (server.port() === null || signingIn.size > 0) return;
        if ([...left.keys()].every(hasHandedOver)) copy = server.copy();
        return;
      case 'put-copy-back':
        if (copy === null || signingIn.size > 0) return;
        if (server.port() !== null) await server.kill();
        server.putBack(copy);
        record.wasPutBack = true;
        await server.start();
    }
  };

  const run: NetworkRun = {
    record,
    faults,
    async begin() {
      for (const [index, device] of devices.entries()) {
        await signIn(device, plan.devices[index] ?? 0);
      }
      await world.quiet();
    },
    async step(step) {
      const device = devices[step.device % devices.length];
      if (!device) return;
      await act(device, step);
      if (step.pace === 'quiet') await world.quiet();
      else for (let turn = 0; turn < step.pace; turn += 1) await nextTurn();
      for (const one of devices) {
        for (const line of one.rig().reported) faults.push(`${one.name}: a run broke: ${line}`);
        const { state, reason } = one.rig().view().ledger;
        if (state === 'suspect') faults.push(`${one.name}: suspect, ${reason} after ${step.kind}`);
      }
    },
    async heal() {
      if (server.port() === null) await server.start();
      for (const { network } of devices) {
        network.faultOf = () => ({ kind: 'pass' });
        network.release();
      }
      await Promise.all(signingIn.values());
      await run.nudge();
    },
    async nudge() {
      for (const device of devices) {
        const account = world.accounts.findIndex(({ id }) => id === accountOf(device));
        const hasRunOut = device.rig().view().subject.kind === 'expired';
        if (hasRunOut && account !== -1) await signIn(device, account);
        await device.rig().handlers['sync.now']({ service: 'alpha' });
      }
      await world.quiet();
    },
  };
  return run;
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
