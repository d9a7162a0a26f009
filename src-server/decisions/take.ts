import { instant, type ServiceContext } from '../context.js';
import type { Outcome } from '../store/decisions.js';
import type { KeyOwner } from './key-owners.js';
import type { EntryToSettle } from './settle.js';

/**
 * Settles the entries of one device, signs for what is received, keeps it, and then tells the other devices that there is
 * something to pull.
 * @returns what became of each entry, in order; what is said to be received is on disk.
 */
export async function takeEntries(
  { service, store, nowMs, issueReceipts }: ServiceContext,
  sender: KeyOwner,
  entries: readonly EntryToSettle[],
): Promise<readonly Outcome[]> {
  const { baseAddress: iss, id } = service;
  const outcomes = await store.decisions.take({
    sender,
    entries,
    receivedAtMs: nowMs(),
    issue: (key, leaves, receivedAtMs) =>
      issueReceipts(key, { iss, service: id, receivedAt: instant(receivedAtMs) }, leaves),
  });
  if (outcomes.some(leftSomething)) {
    store.announcements.announce({ kind: 'decisions', accountId: sender.accountId });
  }
  return outcomes;
}

/** A grant refused for its policy leaves its header, which the other devices have to hear of. */
function leftSomething(outcome: Outcome): boolean {
  return (
    outcome.status === 'received' ||
    (outcome.status === 'refused' && outcome.problem === 'policy-unknown')
  );
}
