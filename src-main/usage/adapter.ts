import type { ToolAdapter, ToolContext } from '../gate/index.js';
import { readTally, tallied } from './tally.js';

/** What has been counted goes out this long after the first count. */
export const SEND_AFTER_MS = 60 * 60 * 1000;

/**
 * Aggregated usage statistics: which pages are opened and which actions are taken, how often, and nothing else. Counted only
 * while the purpose is granted; sent as OTLP/HTTP to the service itself. What was sent and not answered goes again under the
 * same id, so that the service can tell that it is the same.
 */
export const usageAdapter: ToolAdapter = {
  kind: 'usage-statistics',
  run(context) {
    let isOver = false;
    let isScheduled = false;
    const schedule = (): void => {
      if (isScheduled) return;
      isScheduled = true;
      context.startTimer(() => {
        isScheduled = false;
        void send(context, () => isOver).then((again) => {
          if (again) schedule();
        });
      }, SEND_AFTER_MS);
    };
    // What an earlier run left.
    if (context.shelf.get('tally') !== null || context.shelf.get('sent') !== null) schedule();
    return {
      onEvent(event) {
        const tally = tallied(readTally(context.shelf.get('tally')), event);
        context.shelf.put('tally', JSON.stringify(tally));
        schedule();
      },
      stop() {
        isOver = true;
      },
    };
  },
};

/** @returns whether there is something left to send. */
async function send(context: ToolContext, isOver: () => boolean): Promise<boolean> {
  const { shelf, fetch, baseAddress } = context;
  if (shelf.get('sent') === null) {
    const text = shelf.get('tally');
    const batch = text === null ? null : shelf.newBatch();
    if (batch === null) return false;
    const { otlpBody } = await import('./otlp.js');
    const body = await otlpBody(readTally(text), batch);
    if (isOver() || !shelf.put('sent', body)) return false;
    const now = readTally(shelf.get('tally'));
    const rest = Object.entries(now).flatMap(([name, times]) => {
      const left = times - (readTally(text)[name] ?? 0);
      return left > 0 ? [[name, left] as const] : [];
    });
    if (rest.length > 0) shelf.put('tally', JSON.stringify(Object.fromEntries(rest)));
    else shelf.remove('tally');
  }
  const body = shelf.get('sent');
  if (body === null) return false;
  const answer = await fetch(`${baseAddress}/otlp/v1/metrics`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  if (isOver()) return false;
  // A service that has no such place never will within this run's hours; what it does not want is not kept for it.
  const isSettled = answer.ok && answer.value.status < 500;
  if (isSettled) shelf.remove('sent');
  return !isSettled || shelf.get('tally') !== null;
}
