import { onlyDenies, type ShownPolicy } from '../../src-shared/consent/decision.js';
import type { CheckedEntry } from './entry.js';
import { provenEntries, type SignedEntry } from './signed-runs.js';

/** Why an entry is not to be taken, unless it was taken before. */
export interface Objection {
  readonly problem: 'decision-unproven' | 'policy-unknown';
  readonly detail: string;
}

/** What the sender's device and the service allow. */
export interface Grounds {
  /** Whether the device has a key; from then on it has to sign what grants. */
  readonly hasKey: boolean;
  /** Whether this service published that text. */
  readonly knowsPolicy: (policy: ShownPolicy) => boolean;
}

/**
 * What speaks against an entry whose signature, if it has one, is good.
 *
 * A grant under a text this service never published is refused, since it could not be shown what was agreed to (GDPR
 * Art. 7(1)); a denial is never refused for a reason of policy, nor for want of a signature. A device with a key sends
 * bare denials at most, so that nobody who merely has its token can put anything else in its place.
 */
export function objectionTo(
  entry: CheckedEntry,
  { hasKey, knowsPolicy }: Grounds,
): Objection | null {
  if (entry.form === 'header') return null;
  const { decision } = entry;
  const grants = Object.values(decision.choices).includes('granted');
  if (hasKey && entry.form === 'bare' && !onlyDenies(decision)) {
    return { problem: 'decision-unproven', detail: 'a device with a key sends this in its chain' };
  }
  if (hasKey && grants && entry.form === 'chained' && entry.link.signature === null) {
    return { problem: 'decision-unproven', detail: 'a device with a key signs what grants' };
  }
  if (grants && !knowsPolicy(decision.policy)) {
    const detail =
      '`policy` names a version, language and hash that this service has not published';
    return { problem: 'policy-unknown', detail };
  }
  return null;
}

/** The entries that carry a signature which proves nothing. Entries without one are not among them. */
export async function forgedAmong(
  entries: readonly CheckedEntry[],
  isSigned: (entry: SignedEntry) => Promise<boolean>,
): Promise<ReadonlySet<CheckedEntry>> {
  const signed: CheckedEntry[] = [];
  const theirs: SignedEntry[] = [];
  for (const entry of entries) {
    if (entry.form === 'bare' || entry.link.signature === null) continue;
    const { chain, seq, prev, entryHash } = entry.link;
    const { kid, signature } = entry.link.signature;
    signed.push(entry);
    theirs.push({ chain, seq, prev, entryHash, kid, signature });
  }
  const proven = await provenEntries(theirs, isSigned);
  return new Set(signed.filter((_, index) => proven[index] !== true));
}
