import {
  readPurpose,
  type Head,
  type PurposeReading,
} from '../../../src-shared/consent/effective-state.js';
import type { Decision } from '../../../src-shared/consent/decision.js';
import { ledgerDevice, type LedgerDevice, type Pressed } from './ledger-device.js';
import type { Plan, Step } from './ledger-plan.js';
import { ledgerServer, type LedgerServer } from './ledger-server.js';
import type { Message, Replica } from './replica.js';
import { idAt, START_MS } from './sample-decision.js';

const DAY_MS = 86_400_000;
/** A version under which no service ever published anything. */
const UNPUBLISHED = 'never';

/** A version of the policy, as far as it matters to what holds. */
interface Version {
  readonly version: string;
  readonly effectiveAtMs: number;
  readonly touched: readonly string[];
}

/** Several devices, their accounts' server and the time, as a plan lets them go. */
export interface LedgerWorld {
  readonly devices: readonly LedgerDevice[];
  readonly server: LedgerServer;
  readonly nowMs: () => number;
  /** Every decision that anybody ever made. */
  readonly made: readonly Decision[];
  /** The first material change to a purpose after a version, as all devices know it. */
  changedAtMs(purpose: string, version: string): number | null;
  read(heads: readonly Head[], purpose: string, atMs: number): PurposeReading;
  /** What a purpose comes to on a device at this moment. */
  stateNow(device: LedgerDevice, purpose: string): PurposeReading['state'];
  run(steps: readonly Step[], onPress: (device: LedgerDevice, pressed: Pressed) => void): void;
  press(device: LedgerDevice, step: Extract<Step, { kind: 'press' }>): Pressed;
  /** Everything that waits is sent, and everything there is reaches every device: in any order, in groups, some twice. */
  settle(shuffle: number): void;
}

export function ledgerWorld(plan: Plan, newReplica: () => Replica): LedgerWorld {
  let nowMs = START_MS;
  const versions: Version[] = [{ version: 'v0', effectiveAtMs: 0, touched: [] }];
  const made: Decision[] = [];
  const server = ledgerServer((version) => version !== UNPUBLISHED);
  const devices = plan.devices.map((beginning, index) =>
    ledgerDevice(`device-${index}`, beginning, newReplica()),
  );

  const inOrder = (): Version[] => versions.toSorted((a, b) => a.effectiveAtMs - b.effectiveAtMs);
  const changedAtMs = (purpose: string, version: string): number | null => {
    const ordered = inOrder();
    const place = ordered.findIndex((one) => one.version === version);
    if (place === -1) return -Infinity;
    const change = ordered.slice(place + 1).find(({ touched }) => touched.includes(purpose));
    return change?.effectiveAtMs ?? null;
  };
  const read: LedgerWorld['read'] = (heads, purpose, atMs) =>
    readPurpose(heads, {
      trustedNowMs: atMs,
      changedAtMs: (version) => changedAtMs(purpose, version),
    });
  const versionFor = (policy: 'newest' | 'first' | 'unpublished'): string => {
    if (policy === 'unpublished') return UNPUBLISHED;
    const inForce = inOrder().filter(({ effectiveAtMs }) => effectiveAtMs <= nowMs);
    return (policy === 'first' ? inForce[0] : inForce.at(-1))?.version ?? 'v0';
  };
  const press: LedgerWorld['press'] = (device, step) => {
    const pressed = device.press(step, versionFor(step.policy), idAt(made.length), nowMs);
    made.push(pressed.decision);
    return pressed;
  };

  const happens = (step: Step, onPress: (device: LedgerDevice, pressed: Pressed) => void): void => {
    if (step.kind === 'wait') {
      nowMs += step.days * DAY_MS;
      return;
    }
    if (step.kind === 'policy') {
      const effectiveAtMs = nowMs + step.inDays * DAY_MS;
      versions.push({ version: `v${versions.length}`, effectiveAtMs, touched: step.touched });
      return;
    }
    const device = devices[step.device % devices.length];
    if (!device) return;
    switch (step.kind) {
      case 'press':
        onPress(device, press(device, step));
        break;
      case 'look':
        device.look();
        break;
      case 'send':
        device.send(server, step.most, step.isLost, nowMs);
        break;
      case 'pull':
        device.learn(pickedFrom(server.everything(device.subject()), step.picks));
        break;
      case 'erase':
        device.erase(step.pick, nowMs);
        break;
      case 'signIn':
        device.signIn(step.account);
        break;
      default:
        device[step.kind]();
    }
  };

  return {
    devices,
    server,
    nowMs: () => nowMs,
    made,
    changedAtMs,
    read,
    stateNow: (device, purpose) =>
      read(device.replica().headsOf(device.subject(), purpose), purpose, nowMs).state,
    run(steps, onPress) {
      for (const step of steps) happens(step, onPress);
    },
    press,
    settle(shuffle) {
      for (const device of devices) device.send(server, Infinity, false, nowMs);
      let state = shuffle;
      // A plain congruential generator: what matters is only that the same plan gives the same order.
      const next = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0);
      for (const device of devices) {
        const all = server.everything(device.subject());
        const twice = all.filter(() => next() % 3 === 0);
        const order = [...all, ...twice].map((message) => ({ message, place: next() }));
        const arriving = order.toSorted((a, b) => a.place - b.place).map(({ message }) => message);
        while (arriving.length > 0) device.learn(arriving.splice(0, 1 + (next() % 5)));
      }
    },
  };
}

function pickedFrom(messages: readonly Message[], picks: readonly number[]): Message[] {
  return picks.flatMap((pick) => messages[pick % messages.length] ?? []);
}
