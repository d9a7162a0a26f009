import { packEntries, type ApiFailure } from '../api/index.js';
import { believed, type Answered } from './believe.js';
import {
  DONE,
  NOT_SAVED,
  NOT_UNDERSTOOD,
  NOT_WANTED,
  stepOutcomeOf,
  type StepOutcome,
} from './outcome.js';
import { countFitting, type Parcel } from './parcel.js';
import type { PushParts } from './push.js';
import { tellProvenTimes } from './settle-batch.js';
import { keepSignatures } from './next-batch.js';
import { settleTaken } from './settle.js';
import { parcelsWithoutToken } from './without-token.js';

/** No outbox is longer. */
const ALL = Number.MAX_SAFE_INTEGER;
/** A service that takes nothing without a session is not asked often. */
const ASK_AGAIN_MS = 5 * 60 * 1000;

/** Entries that a service would not take from whoever carries them; they wait for a sign-in. */
export type TurnedAway = Set<string>;

/**
 * What may travel without a token now: signed refusals, and ahead of them what stands before them, as headers in whose place
 * the words come after a sign-in. Null where the disk does not take the signatures.
 */
export function sendableWithoutToken(
  parts: Pick<PushParts, 'store' | 'signerOf'>,
  service: string,
  accountId: string,
  turnedAway: TurnedAway,
): Parcel[] | null {
  const waiting = parts.store.outbox.waiting(service, accountId, ALL);
  // Every signature that is there stays: without a session no newer key is known to the service.
  const signer = parts.signerOf(service);
  const unsigned = waiting.filter(({ link }) => link.signature === null);
  const signed = keepSignatures(parts.store, unsigned, signer);
  if (!signed) return null;
  const byId = new Map(signed.map((entry) => [entry.id, entry]));
  const known = waiting.map((entry) => {
    const now = byId.get(entry.id) ?? entry;
    // Nothing behind it in its chain would be taken either.
    return turnedAway.has(entry.id) ? { ...now, link: { ...now.link, signature: null } } : now;
  });
  return parcelsWithoutToken(known, 'held');
}

/**
 * Sends refusals of an account whose session ran out. What the service does not take stays as it is and waits for a sign-in:
 * without a session nobody can tell whether it is the entry that is wrong.
 * @param sendable what {@link sendableWithoutToken} found.
 */
export async function pushWithoutToken(
  parts: PushParts,
  service: string,
  { baseAddress, accountId }: { readonly baseAddress: string; readonly accountId: string },
  sendable: readonly Parcel[],
  turnedAway: TurnedAway,
): Promise<StepOutcome> {
  let rest = sendable;
  try {
    while (rest.length > 0) {
      const texts = rest.map(({ text }) => text);
      const batch = rest.slice(0, countFitting(texts, parts.batchSize.limits()));
      rest = rest.slice(batch.length);
      parts.onSending(batch.map(({ waiting }) => waiting.id));
      const answer = await parts.api.pushWithoutToken(
        baseAddress,
        packEntries(texts.slice(0, batch.length)),
      );
      if (!parts.stillWanted()) return NOT_WANTED;
      if (!answer.ok) {
        if (answer.error.kind === 'no-network') parts.batchSize.shrink();
        return withoutTokenOutcome(answer.error);
      }
      parts.batchSize.grow();
      const checked = await believed(parts.proofs, service, batch, answer.value);
      if (!parts.stillWanted()) return NOT_WANTED;
      if (!checked) return NOT_UNDERSTOOD;
      if (!note(parts, service, accountId, checked.answered(), turnedAway)) return NOT_SAVED;
    }
    return DONE;
  } finally {
    parts.onSending([]);
  }
}

/** @returns whether the disk took it. */
function note(
  { store, onProvenTime }: PushParts,
  service: string,
  subject: string,
  answered: readonly Answered[],
  turnedAway: TurnedAway,
): boolean {
  const kept = store.commit(() => {
    for (const one of answered) if (one.has !== null) settleTaken(store, service, subject, one);
  });
  if (!kept.ok) return false;
  for (const { has, parcel } of answered) if (has === null) turnedAway.add(parcel.waiting.id);
  tellProvenTimes(answered, onProvenTime);
  return true;
}

/** Nobody is signed in, so no answer says anything about a session. */
export function withoutTokenOutcome(failure: ApiFailure): StepOutcome {
  const outcome = stepOutcomeOf(failure);
  return outcome.kind === 'rejected'
    ? { kind: 'failed', problem: 'server-error', retryAfterMs: ASK_AGAIN_MS }
    : outcome;
}
