import { randomBytes } from 'node:crypto';
import { linkDecision } from '../../src-main/ledger/index.js';
import type { ShownPolicy } from '../../src-shared/consent/decision.js';
import type { Rig } from '../support/client/core-rig.js';
import { mustCommit } from '../support/client/open-store.js';
import { idAt, sampleDecision, START_MS } from '../support/client/sample-decision.js';
import { PURPOSES, SERVICE } from './presser.js';

/** Decisions in one transaction while filling: large enough to be fast, small enough to keep the log short. */
const AT_ONCE = 20_000;

/** The history ends long before any clock that reads it. */
const FIRST_MS = START_MS - 60 * 86_400_000;

/**
 * Fills a client's file with a history of the signed-out person: one decision after another, by turns for and against
 * everything, each taking the place of the one before it and linked to it in the ledger. Through the client's own functions,
 * many in one transaction.
 */
export function fill(rig: Rig, decisions: number): void {
  const policy = rig.core.policies.current(SERVICE)?.shown;
  if (!policy) throw new Error(`no policy of ${SERVICE}`);
  for (let first = 0; first < decisions; first += AT_ONCE) {
    mustCommit(rig.store, () => {
      for (let place = first; place < Math.min(first + AT_ONCE, decisions); place += 1) {
        add(rig, place, policy);
      }
    });
  }
}

function add({ store }: Rig, place: number, policy: ShownPolicy): void {
  const choice = place % 2 === 0 ? ('granted' as const) : ('denied' as const);
  const before = place === 0 ? [] : [idAt(place - 1)];
  const device = store.meta.deviceId(SERVICE);
  const next = store.chains.next(SERVICE, '', device);
  const decision = sampleDecision(place, {
    service: SERVICE,
    device,
    seq: next.seq,
    at: new Date(FIRST_MS + place * 1000).toISOString(),
    action: choice === 'granted' ? 'accept-all' : 'necessary-only',
    choices: Object.fromEntries(PURPOSES.map((purpose) => [purpose, choice])),
    supersedes: Object.fromEntries(PURPOSES.map((purpose) => [purpose, before])),
    policy,
  });
  store.decisions.add(linkDecision(decision, next, null, randomBytes));
}
