import type { PurposeReading } from './effective-state.js';
import { REFUSAL_QUIET_MS } from './expiry.js';

/** How a service asks: both answers by name, a shorter form of the same, or a notice that is only acknowledged. */
export type BannerKind = 'choice' | 'accept-or-necessary' | 'acknowledge';

/** Everything the question "does the banner show?" depends on. */
export interface AskingFacts {
  readonly kind: BannerKind;
  /** The optional purposes the service asks about; never `sale-or-sharing`. */
  readonly optional: readonly PurposeReading[];
  /** Whether this device has acknowledged the notice (only for `acknowledge`). */
  readonly acknowledged: boolean;
  /** The person closed the banner in this run without answering. */
  readonly dismissed: boolean;
  /** The person refused something here in this run: no further question of any kind until the next start. */
  readonly refusedInThisRun: boolean;
  /** The person called the banner back from Privacy; that outweighs the two above. */
  readonly calledBack: boolean;
  readonly trustedNowMs: number;
}

/**
 * Whether the banner shows. Closing, Esc and waiting are no answer (EDPB Guidelines 05/2020), so they only hide it until
 * the next start; a refusal is asked about again after twelve months at the earliest.
 */
export function bannerShows(facts: AskingFacts): boolean {
  if (facts.calledBack) return true;
  if (facts.dismissed || facts.refusedInThisRun) return false;
  if (facts.kind === 'acknowledge') return !facts.acknowledged;
  return facts.optional.some((reading) => isOpenQuestion(reading, facts.trustedNowMs));
}

function isOpenQuestion(reading: PurposeReading, trustedNowMs: number): boolean {
  if (reading.state === 'granted') return false;
  if (reading.state !== 'denied') return true;
  return reading.by !== null && reading.by.atMs + REFUSAL_QUIET_MS <= trustedNowMs;
}
