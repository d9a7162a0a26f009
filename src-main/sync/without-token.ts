import { onlyDenies } from '../../src-shared/consent/decision.js';
import type { EntrySigner } from '../ledger/index.js';
import type { WaitingEntry } from '../store/index.js';
import { parcelOf, type Parcel } from './parcel.js';
import { planWithoutToken, type Rest } from './plan-without-token.js';

/** What of the entries that wait may travel without a token, packed, in order. */
export function parcelsWithoutToken(waiting: readonly WaitingEntry[], rest: Rest): Parcel[] {
  const unsent = waiting.map((entry) => ({
    entry,
    chain: entry.link.chain,
    closes: closes(entry),
    isSigned: entry.link.signature !== null,
    isPlaced: entry.wasReceived || entry.isHeld,
  }));
  return planWithoutToken(unsent, rest).map(({ entry: { entry }, form }) => parcelOf(entry, form));
}

/** Whether it is whole and denies, or says no more than that something reads as closed. */
function closes({ said }: WaitingEntry): boolean {
  return 'decision' in said ? onlyDenies(said.decision) : said.remains.purposes.length > 0;
}

/**
 * The entries with a signature each, as far as there is a key for it.
 * @param isOurs whether a signature that is there already may stay; one of an older key is made anew where the service may not
 *   know that key any more.
 */
export function signedBy(
  signer: EntrySigner | null,
  waiting: readonly WaitingEntry[],
  isOurs: (kid: string) => boolean,
): WaitingEntry[] {
  return waiting.map((entry) => {
    const { link } = entry;
    if (!signer || (link.signature !== null && isOurs(link.signature.kid))) return entry;
    const signature = { kid: signer.kid, signature: signer.sign(link.entryHash) };
    return { ...entry, link: { ...link, signature } };
  });
}
