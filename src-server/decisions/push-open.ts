import type { ServiceContext } from '../context.js';
import { isGone } from '../store/failures.js';
import type { Outcome } from '../store/decisions.js';
import type { CheckedEntry } from './entry.js';
import { ownersAmong, type KeyOwner } from './key-owners.js';
import { readableId, readEntry } from './read-entry.js';
import { refusal, resultOf, type SentResult } from './results.js';
import { takeEntries } from './take.js';

/**
 * One and the same for everything that is not proven, so that nobody learns here which accounts, devices or keys there are.
 */
const UNPROVEN = 'without a session: only denials and headers, signed by a key of the device';

/** What a request without a session came to. */
export interface OpenPush {
  readonly results: readonly SentResult[];
  /** How many entries had nothing to prove them. */
  readonly unproven: number;
}

/**
 * Takes the entries of one request that came without a session. Each key's device is a sender of its own; nothing a sender
 * says reaches what another account has, and nothing is erased.
 * @param spend is told the keys that have proven something, before anything is kept; may throw to stop it all.
 */
export async function pushOpen(
  context: ServiceContext,
  entries: readonly unknown[],
  spend: (kid: string) => void,
): Promise<OpenPush> {
  const read = entries.map(readEntry);
  const readable = read.flatMap((entry) => (entry.ok ? [entry.value] : []));
  const owners = await provenOwners(context, readable);
  for (const kid of new Set([...owners.keys()].map(kidOf))) spend(kid);
  const outcomes = new Map<CheckedEntry, Outcome>();
  for (const { sender, own } of bySender(owners)) {
    const settled = await takeOrUnproven(context, sender, own);
    own.forEach((entry, index) => {
      const outcome = settled[index];
      if (outcome && !isForeign(outcome)) outcomes.set(entry, outcome);
    });
  }
  const results = read.map((entry, index): SentResult => {
    if (!entry.ok) return refusal(readableId(entries[index]), 'decision-malformed', entry.error);
    const outcome = outcomes.get(entry.value);
    if (!outcome) return refusal(entry.value.id, 'decision-unproven', UNPROVEN);
    return resultOf(entry.value.id, outcome);
  });
  return { results, unproven: entries.length - owners.size };
}

async function provenOwners(
  { service, store, signatures }: ServiceContext,
  entries: readonly CheckedEntry[],
): Promise<Map<CheckedEntry, KeyOwner>> {
  const kids = [...new Set(entries.map(kidOf))].filter((kid) => kid !== '');
  const keys = await store.deviceKeys.ofService(service.id, kids);
  const found = await ownersAmong(
    entries,
    service.id,
    (kid) => keys.get(kid)?.owners ?? [],
    ({ kid, entryHash, signature }) =>
      signatures.isSigned(keys.get(kid)?.key.x, entryHash, signature),
  );
  const proven = entries.flatMap((entry, index) => {
    const owner = found[index];
    return owner ? [[entry, owner] as const] : [];
  });
  return new Map(proven);
}

function bySender(owners: ReadonlyMap<CheckedEntry, KeyOwner>) {
  const groups = new Map<string, { readonly sender: KeyOwner; readonly own: CheckedEntry[] }>();
  for (const [entry, sender] of owners) {
    const key = JSON.stringify([sender.accountId, sender.deviceId]);
    const group = groups.get(key) ?? { sender, own: [] };
    group.own.push(entry);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** An account that was erased since its key was looked up is one that nobody knows. */
async function takeOrUnproven(
  context: ServiceContext,
  sender: KeyOwner,
  own: readonly CheckedEntry[],
): Promise<readonly Outcome[]> {
  try {
    const entries = own.map((entry) => ({ entry, objection: null, mayErase: false }));
    return await takeEntries(context, sender, entries);
  } catch (error) {
    if (isGone(error)) return [];
    throw error;
  }
}

/** A chain that another account or device began is none of the sender's business. */
function isForeign(outcome: Outcome): boolean {
  return outcome.status === 'refused' && outcome.problem === 'decision-not-yours';
}

function kidOf(entry: CheckedEntry): string {
  return entry.form === 'bare' ? '' : (entry.link.signature?.kid ?? '');
}
