import type { PushResult } from '../../src-shared/api-contract.js';
import { instant, type ServiceContext } from '../context.js';
import { problemOf } from '../http/problem.js';
import type { SessionRow } from '../store/sessions.js';
import { checkEntry } from './check-entry.js';
import type { Settled } from './settle.js';

/**
 * Takes the entries of one request: each is checked on its own, the good ones are settled and kept in one transaction.
 * @returns one result per entry, in their order.
 */
export async function push(
  { service, store, nowMs }: ServiceContext,
  session: SessionRow,
  entries: readonly unknown[],
): Promise<PushResult[]> {
  const context = {
    service: service.id,
    accountId: session.account_id,
    deviceId: session.device_id,
    knowsPolicy: service.knowsPolicy,
  };
  const checked = entries.map((entry) => checkEntry(entry, context));
  const good = checked.flatMap((entry) => (entry.ok ? [entry.value] : []));
  const settled = await store.decisions.take(
    session.account_id,
    good.map(({ decision, jcs }) => ({
      id: decision.id,
      chain: decision.device,
      seq: decision.seq,
      jcs,
      decision,
    })),
    nowMs(),
  );
  const results = new Map(
    good.map((entry, index) => [entry, resultOf(entry.decision.id, settled[index])]),
  );
  return checked.map((entry): PushResult => {
    if (entry.ok) return results.get(entry.value) ?? refused(entry.value.decision.id, 'internal');
    const { id, problem, detail } = entry.error;
    return { id, status: 'refused', problem: problemOf(problem, detail) };
  });
}

function resultOf(id: string, settled: Settled | undefined): PushResult {
  if (!settled) return refused(id, 'internal');
  if (settled.status === 'refused') return refused(id, settled.problem);
  return { id, status: settled.status, receivedAt: instant(settled.receivedAtMs) };
}

function refused(id: string, problem: 'decision-conflict' | 'chain-fork' | 'internal'): PushResult {
  return { id, status: 'refused', problem: problemOf(problem) };
}
