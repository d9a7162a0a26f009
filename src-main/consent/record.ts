import {
  EVERY_PURPOSE,
  MAX_SUPERSEDED,
  type Action,
  type Decision,
  type Surface,
} from '../../src-shared/consent/decision.js';
import type { Store } from '../store/index.js';
import type { Choices } from './choices.js';
import type { Screen } from './screens.js';
import type { CurrentSubject } from './subject.js';

/** What the recorder needs besides the store. */
export interface RecorderParts {
  readonly store: Store;
  readonly nowMs: () => number;
  /** A UUID version 7. */
  readonly newDecisionId: () => string;
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
export function recordDecision({ store, nowMs, newDecisionId }: RecorderParts, act: Act): Decision {
  const { service, subject, action, surface, choices, policy } = act;
  const device = store.meta.deviceId(service);
  const atMs = nowMs();
  const decision: Decision = {
    v: 1,
    id: newDecisionId(),
    service,
    subject: subject.accountId,
    device,
    seq: store.decisions.nextSeq(service, subject.key, device),
    at: new Date(atMs).toISOString(),
    action,
    surface,
    choices: { ...choices },
    supersedes: supersedesOf(choices, act.heads ?? {}),
    policy,
  };
  store.decisions.add(decision, null);
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
