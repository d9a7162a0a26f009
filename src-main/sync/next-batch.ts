import { failed, ok, type Result } from '../../src-shared/result.js';
import { packEntries, type PackedEntries } from '../api/index.js';
import type { EntrySigner } from '../ledger/index.js';
import type { Store, WaitingEntry } from '../store/index.js';
import type { BatchSize } from './batch-size.js';
import { countFitting, ENVELOPE_BYTES, parcelOf, type Parcel } from './parcel.js';
import { signedBy } from './without-token.js';

interface Parts {
  readonly store: Store;
  readonly batchSize: BatchSize;
  readonly signerOf: (service: string) => EntrySigner | null;
}

/** Entries ready to travel. */
export interface PreparedBatch {
  readonly parcels: readonly Parcel[];
  /** The same as they travel: packed while there is time, not when the line is free. */
  readonly packed: PackedEntries;
  /** Whether they may still go like this: nothing was erased since they were read, and as much fits into a request as then. */
  readonly isFresh: () => boolean;
}

/** The next entries behind a place, signed and packed, as many as one request takes; fails where the disk does not take the signatures. */
export function nextBatch(
  { store, signerOf, batchSize }: Parts,
  service: string,
  subject: string,
  after: number,
): Result<PreparedBatch, 'not-saved'> {
  const limits = batchSize.limits();
  const erasures = store.decisions.erasures();
  const waiting = store.outbox.waiting(service, subject, limits.entries, after);
  const signed = keepSignatures(store, waiting, signerOf(service));
  if (!signed) return failed('not-saved');
  const parcels = signed.map((entry) => parcelOf(entry, 'whole'));
  const texts = parcels.map(({ text }) => text);
  const packed = packEntries(texts);
  // Nearly always all of them, and what is packed already need not be counted.
  const fits = packed.byteLength + ENVELOPE_BYTES <= limits.bytes;
  const count = fits ? texts.length : countFitting(texts, limits);
  return ok({
    parcels: parcels.slice(0, count),
    packed: count === texts.length ? packed : packEntries(texts.slice(0, count)),
    isFresh: () => store.decisions.erasures() === erasures && batchSize.limits() === limits,
  });
}

/** Signs what was said before the device's key was unlocked, and anew what an older key had signed: a service put back from a copy may not know that one. */
export function keepSignatures(
  store: Store,
  waiting: readonly WaitingEntry[],
  signer: EntrySigner | null,
): WaitingEntry[] | null {
  const signed = signedBy(signer, waiting, (kid) => kid === signer?.kid);
  const fresh = signed.filter((entry, index) => entry !== waiting[index]);
  if (fresh.length === 0) return signed;
  const kept = store.commit(() => {
    for (const { id, link } of fresh) {
      if (link.signature) store.decisions.setSignature(id, link.signature);
    }
  });
  return kept.ok ? signed : null;
}
