import type { ProblemType, PushResult } from '../../src-shared/api-contract.js';
import type { BriefAnswer } from '../../src-shared/brief-answer.js';
import { instant } from '../context.js';
import { problemOf } from '../http/problem.js';
import type { Outcome } from '../store/decisions.js';

/** A result as it is sent, its receipt being JSON already. */
export interface SentResult extends Omit<PushResult, 'receipt'> {
  readonly receiptText?: string;
}

/** The result of an entry that was settled. */
export function resultOf(id: string, outcome: Outcome): SentResult {
  if (outcome.status === 'refused') return refusal(id, outcome.problem, outcome.detail);
  const { status, receivedAtMs, receipt } = outcome;
  const receivedAt = instant(receivedAtMs);
  if (receipt === null) return { id, status, receivedAt };
  const receiptText = typeof receipt === 'string' ? receipt : receipt.issued.textAt(receipt.index);
  return { id, status, receivedAt, receiptText };
}

/** What entries came to in few words, where each was received for the first time, all under one signature; else null. */
export function briefOf(outcomes: readonly Outcome[]): BriefAnswer | null {
  const [first] = outcomes;
  if (first?.status !== 'received' || typeof first.receipt === 'string') return null;
  const issued = first.receipt?.issued;
  const areAll = outcomes.every(({ status }) => status === 'received');
  if (!areAll || issued?.size !== outcomes.length) return null;
  return { batch: { receivedAt: instant(first.receivedAtMs), jws: issued.jws } };
}

/** The result of an entry that is refused. */
export function refusal(id: string | null, problem: ProblemType, detail?: string): SentResult {
  return { id, status: 'refused', problem: problemOf(problem, detail) };
}

/** Results as the JSON of an answer. */
export function answerText(results: readonly SentResult[]): string {
  return `{"results":[${results.map(resultText).join()}]}`;
}

function resultText({ receiptText, ...result }: SentResult): string {
  if (receiptText === undefined) return JSON.stringify(result);
  // Written down, because a batch is made of it: none of this would have to be escaped.
  const { id, status, receivedAt } = result;
  return `{"id":"${id}","status":"${status}","receivedAt":"${receivedAt}","receipt":${receiptText}}`;
}
