import type { Kept, Settled } from './settle.js';

/**
 * When the entries of one request are received. By the server's clock, but always later than the held headers whose place
 * they take: clients tell by these times which of the two was last, and a clock may stand still or be set back.
 * @param nowMs by the server's clock, milliseconds since 1970.
 */
export function receivedAtMsOf(nowMs: number, { verdicts }: Settled, kept: Kept): number {
  const completed = new Set(
    verdicts.flatMap((verdict) =>
      verdict.status === 'received' && verdict.keep.form === 'chained' ? [verdict.keep.id] : [],
    ),
  );
  const headers = kept.entries.filter((one) => one.wasHeld && completed.has(one.id));
  return Math.max(nowMs, ...headers.map((one) => one.receivedAtMs + 1));
}
