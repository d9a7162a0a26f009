import { randomBytes } from 'node:crypto';
import type { DeviceKey } from '../../src-main/crypto/index.js';
import { linkDecision } from '../../src-main/ledger/index.js';
import type { ShownPolicy } from '../../src-shared/consent/decision.js';
import type { Rig } from '../support/client/core-rig.js';
import { mustCommit } from '../support/client/open-store.js';
import { idAt, sampleDecision, START_MS } from '../support/client/sample-decision.js';
import { PURPOSES, SERVICE } from './presser.js';

/** Whose history it is: that of an account, with the key its entries are signed by. */
export interface Signing {
  readonly account: string;
  readonly key: DeviceKey;
}

/** Decisions in one transaction while filling: large enough to be fast, small enough to keep the log short. */
const AT_ONCE = 20_000;

/** The history ends long before any clock that reads it. */
const FIRST_MS = START_MS - 60 * 86_400_000;

/**
 * Fills a client's file with a history: one decision after another, by turns for and against everything, each taking the
 * place of the one before it and linked to it in the ledger. Through the client's own functions, many in one transaction.
 * @param signing an account whose decisions the server has received; null for the signed-out person.
 */
export function fill(rig: Rig, decisions: number, signing: Signing | null = null): void {
  const policy = rig.core.policies.current(SERVICE)?.shown;
  if (!policy) throw new Error(`no policy of ${SERVICE}`);
  for (let first = 0; first < decisions; first += AT_ONCE) {
    mustCommit(rig.store, () => {
      for (let place = first; place < Math.min(first + AT_ONCE, decisions); place += 1) {
        add(rig, place, policy, signing);
      }
    });
  }
}

function add({ store }: Rig, place: number, policy: ShownPolicy, signing: Signing | null): void {
  const choice = place % 2 === 0 ? ('granted' as const) : ('denied' as const);
  const before = place === 0 ? [] : [idAt(place - 1)];
  const device = store.meta.deviceId(SERVICE);
  const next = store.chains.next(SERVICE, signing?.account ?? '', device);
  const decision = sampleDecision(place, {
    service: SERVICE,
    subject: signing?.account ?? null,
    device,
    seq: next.seq,
    at: new Date(FIRST_MS + place * 1000).toISOString(),
    action: choice === 'granted' ? 'accept-all' : 'necessary-only',
    choices: Object.fromEntries(PURPOSES.map((purpose) => [purpose, choice])),
    supersedes: Object.fromEntries(PURPOSES.map((purpose) => [purpose, before])),
    policy,
  });
  const entry = linkDecision(decision, next, signing?.key ?? null, randomBytes);
  store.decisions.add(signing === null ? entry : { ...entry, receivedAtMs: START_MS });
}
