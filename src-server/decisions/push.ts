import type { PushResult } from '../../src-shared/api-contract.js';
import { failed, ok } from '../../src-shared/result.js';
import { instant, type ServiceContext } from '../context.js';
import { problemOf } from '../http/problem.js';
import type { SessionRow } from '../store/sessions.js';
import type { Outcome } from '../store/decisions.js';
import { checkEntry } from './check-entry.js';
import { forgedAmong, objectionTo } from './objections.js';

/**
 * Takes the entries of one request: each is checked on its own, the good ones are settled, signed for and kept in one
 * transaction.
 * @returns one result per entry, in their order.
 */
export async function push(
  { service, store, nowMs, signatures, issueReceipts }: ServiceContext,
  session: SessionRow,
  entries: readonly unknown[],
): Promise<PushResult[]> {
  const sender = { accountId: session.account_id, deviceId: session.device_id };
  const checked = entries.map((entry) => checkEntry(entry, { service: service.id, ...sender }));
  const readable = checked.flatMap((entry) => (entry.ok ? [entry.value] : []));
  const keys = await store.deviceKeys.ofDevice(sender.accountId, sender.deviceId);
  const forged = forgedAmong(readable, ({ kid, entryHash, signature }) => {
    const key = keys.get(kid);
    return key !== undefined && signatures.isSigned(key.x, entryHash, signature);
  });
  const grounds = { hasKey: keys.size > 0, knowsPolicy: service.knowsPolicy };
  const good = readable
    .filter((entry) => !forged.has(entry))
    .map((entry) => ({ entry, objection: objectionTo(entry, grounds) }));
  const receivedAtMs = nowMs();
  const about = {
    iss: service.baseAddress,
    service: service.id,
    receivedAt: instant(receivedAtMs),
  };
  const outcomes = await store.decisions.take({
    sender,
    entries: good,
    receivedAtMs,
    issue: (key, leaves) => issueReceipts(key, about, leaves),
  });
  const outcomeOf = new Map(good.map(({ entry }, index) => [entry, outcomes[index]]));
  return checked
    .map((entry) => {
      if (!entry.ok) return entry;
      const outcome = forged.has(entry.value) ? FORGED : outcomeOf.get(entry.value);
      const { id } = entry.value;
      return outcome ? ok({ id, outcome }) : failed({ id, ...NO_OUTCOME });
    })
    .map((one): PushResult => {
      if (one.ok) return resultOf(one.value.id, one.value.outcome);
      const { id, problem, detail } = one.error;
      return { id, status: 'refused', problem: problemOf(problem, detail) };
    });
}

const FORGED: Outcome = {
  status: 'refused',
  problem: 'decision-unproven',
  detail: '`signature` is not that of a key of this device over `entryHash`',
};
/** Cannot be, and if it were, the client must not take it for a success. */
const NO_OUTCOME = { problem: 'internal', detail: 'no result' } as const;

function resultOf(id: string, outcome: Outcome): PushResult {
  if (outcome.status === 'refused') {
    return { id, status: 'refused', problem: problemOf(outcome.problem, outcome.detail) };
  }
  const { status, receivedAtMs, receipt } = outcome;
  const receivedAt = instant(receivedAtMs);
  return receipt === null ? { id, status, receivedAt } : { id, status, receivedAt, receipt };
}
