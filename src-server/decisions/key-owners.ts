import { onlyDenies } from '../../src-shared/consent/decision.js';
import { strangeMember } from './check-entry.js';
import type { ChainedEntry, CheckedEntry, HeaderEntry } from './entry.js';
import { forgedAmong } from './objections.js';
import type { SignedEntry } from './signed-runs.js';

/** A device that a key belongs to. */
export interface KeyOwner {
  readonly accountId: string;
  readonly deviceId: string;
}

type LinkedEntry = ChainedEntry | HeaderEntry;

/**
 * Whose each entry is that came without a session, in their order; null where nothing proves it.
 *
 * Without a session there are only signed denials, so that withdrawing always works (GDPR Art. 7(3)), and the signed headers
 * of what stands between them in a chain, which read as closed. Account and device are those of the key, and a decision
 * has to name them itself. A header names nobody: where its key stands under several devices, it belongs to the one that a
 * denial of the same chain beside it belongs to.
 * @param ownersOf the devices of this service that a key belongs to; none for a key nobody has.
 * @param isSigned whether an entry's own signature is that of its key; false for a key nobody has.
 */
export async function ownersAmong(
  entries: readonly CheckedEntry[],
  service: string,
  ownersOf: (kid: string) => readonly KeyOwner[],
  isSigned: (entry: SignedEntry) => Promise<boolean>,
): Promise<(KeyOwner | null)[]> {
  const signed = entries.filter(mayComeUnasked);
  const forged = await forgedAmong(signed, isSigned);
  const proven = new Set<CheckedEntry>(signed.filter((entry) => !forged.has(entry)));
  const byChain = new Map<string, KeyOwner>();
  for (const entry of signed) {
    const owner = entry.form === 'chained' ? namedOwner(entry) : undefined;
    if (owner && proven.has(entry)) byChain.set(chainKey(entry), owner);
  }
  return entries.map((entry) => {
    if (!proven.has(entry) || entry.form === 'bare') return null;
    if (entry.form === 'chained') return namedOwner(entry) ?? null;
    const owners = ownersOf(entry.link.signature?.kid ?? '');
    return byChain.get(chainKey(entry)) ?? (owners.length === 1 ? (owners[0] ?? null) : null);
  });

  function namedOwner({ decision, link }: ChainedEntry): KeyOwner | undefined {
    return ownersOf(link.signature?.kid ?? '').find(
      (owner) => strangeMember(decision, { service, ...owner }) === undefined,
    );
  }
}

function mayComeUnasked(entry: CheckedEntry): entry is LinkedEntry {
  if (entry.form === 'bare' || entry.link.signature === null) return false;
  return entry.form === 'header' || onlyDenies(entry.decision);
}

function chainKey({ link }: LinkedEntry): string {
  return JSON.stringify([link.signature?.kid, link.chain]);
}
