import type { ProblemType, PushResult } from '../../src-shared/api-contract.js';
import { instant } from '../context.js';
import { problemOf } from '../http/problem.js';
import type { Outcome } from '../store/decisions.js';

/** The result of an entry that was settled. */
export function resultOf(id: string, outcome: Outcome): PushResult {
  if (outcome.status === 'refused') return refusal(id, outcome.problem, outcome.detail);
  const { status, receivedAtMs, receipt } = outcome;
  const receivedAt = instant(receivedAtMs);
  return receipt === null ? { id, status, receivedAt } : { id, status, receivedAt, receipt };
}

/** The result of an entry that is refused. */
export function refusal(id: string | null, problem: ProblemType, detail?: string): PushResult {
  return { id, status: 'refused', problem: problemOf(problem, detail) };
}
