import {
  EVERY_PURPOSE,
  MAX_SUPERSEDED,
  type Action,
  type Decision,
  type Surface,
} from '../../src-shared/consent/decision.js';
import type { EntrySigner, RandomBytes } from '../ledger/index.js';
import { linkDecision } from '../ledger/index.js';
import type { Store } from '../store/index.js';
import type { Choices } from './choices.js';
import type { Screen } from './screens.js';
import type { CurrentSubject } from './subject.js';

/** What the recorder needs besides the store. */
export interface RecorderParts {
  readonly store: Store;
  readonly nowMs: () => number;
  /** How far trusted time is ahead of this device's clock, where a server has said; milliseconds. */
  readonly clockOffsetMs: () => number | undefined;
  /** A UUID version 7. */
  readonly newDecisionId: () => string;
  readonly randomBytes: RandomBytes;
  /** The device's key for the account that is signed in, if it is unlocked. */
  readonly signerOf: (service: string) => EntrySigner | null;
}

/** One act of the person, ready to be written. */
export interface Act {
  readonly service: string;
  readonly subject: CurrentSubject;
  readonly action: Action;
  readonly surface: Surface;
  readonly choices: Choices;
  /** What stood on the screen; null only for a denial whose screen is no longer known: it then supersedes nothing. */
  readonly heads: Screen['heads'] | null;
  readonly policy: Screen['policy'];
}

/**
 * Writes one decision with its place in the effective state and the outbox. To be called inside a transaction, so that
 * the three come into being together or not at all.
 */
export function recordDecision(parts: RecorderParts, act: Act): Decision {
  const { store, nowMs, newDecisionId } = parts;
  const { service, subject, action, surface, choices, policy } = act;
  const device = store.meta.deviceId(service);
  const atMs = nowMs();
  const clockOffsetMs = parts.clockOffsetMs();
  const place = store.chains.next(service, subject.key, device);
  const decision: Decision = {
    v: 1,
    id: newDecisionId(),
    service,
    subject: subject.accountId,
    device,
    seq: place.seq,
    at: new Date(atMs).toISOString(),
    ...(clockOffsetMs === undefined ? {} : { clockOffsetMs }),
    action,
    surface,
    choices: { ...choices },
    supersedes: supersedesOf(choices, act.heads ?? {}),
    policy,
  };
  const signer = subject.accountId === null ? null : parts.signerOf(service);
  store.decisions.add(linkDecision(decision, place, signer, parts.randomBytes));
  store.outbox.add(decision);
  if (action === 'acknowledge') store.acknowledgements.set(service, policy.version, atMs);
  return decision;
}

/** The heads that the choices take the place of: those of the purposes named, or of every purpose for `*`. */
function supersedesOf(choices: Choices, heads: Screen['heads']): Decision['supersedes'] {
  const purposes = EVERY_PURPOSE in choices ? Object.keys(heads) : Object.keys(choices);
  return Object.fromEntries(
    purposes.flatMap((purpose) => {
      const ids = heads[purpose] ?? [];
      // The newest ones, should there ever be more: what is left standing can only keep a purpose closed.
      return ids.length > 0 ? [[purpose, ids.slice(-MAX_SUPERSEDED)]] : [];
    }),
  );
}
