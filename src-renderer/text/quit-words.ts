import type { QuitWaiting } from '../../src-shared/ipc-contract.js';
import type { QuitMessages } from '../../src-shared/text/index.js';

/** What waits for a service and what becomes of it when Sayso quits. */
export function quitWords(
  { service, waiting, grants, endsSession }: QuitWaiting,
  text: QuitMessages,
): string {
  const waits = text.waiting({ count: waiting, service });
  const becomes = endsSession
    ? [
        text.ends({ service }),
        ...(grants > 0 ? [text.discards({ count: grants })] : []),
        ...(waiting > grants ? [text.refusals()] : []),
      ]
    : [text.kept({ count: waiting })];
  return [waits, ...becomes].join(' ');
}
