import type { HistoryEntryView, HistoryFailure } from '../../src-shared/history-view.js';
import type { IpcFailure } from '../../src-shared/failures.js';
import type { HistoryMessages } from '../../src-shared/text/index.js';
import type { Messages } from '../../src-shared/text/index.js';
import type { SyncMessages } from '../../src-shared/text/index.js';
import type { MomentWords } from '../../src-shared/text/moments.js';
import { reasonWords } from './refusal-words.js';

type Text = HistoryMessages;

/** Why the service did not take it, and what that means for the choice; null when it was not refused. */
export function refusalWords(
  { sending, said }: HistoryEntryView,
  service: string,
  text: Text,
  sync: SyncMessages,
): string | null {
  if (sending.state !== 'refused') return null;
  const reason = reasonWords(sending.reason, service, sync);
  const allows = said.kind === 'said' && said.choices.some(({ choice }) => choice === 'granted');
  return text.twoParts({
    first: reason,
    second: allows ? text.refusedYesMeans() : text.refusedNoMeans(),
  });
}

/** What the receipt says, or why there is none. */
export function receiptWords(
  { receipt, sending, said }: HistoryEntryView,
  service: string,
  text: Text,
  moments: MomentWords,
): string {
  if (!receipt) {
    if (sending.state === 'local') return text.noReceiptLocal();
    return sending.state === 'waiting' ? text.noReceiptYet({ service }) : text.noReceipt();
  }
  const { about, receivedAt, deviceSigned, together } = receipt;
  const values = { service, when: moments.whole(receivedAt) };
  const sentence = {
    consent: text.receiptYes,
    refusal: text.receiptNo,
    acknowledgement: text.receiptNotice,
    header: text.receiptErased,
  }[about];
  // A receipt from before the erasing still stands, but what it was about is no longer told.
  const isOlder = said.kind === 'erased' && about !== 'header';
  const first = (isOlder ? text.receiptBefore : sentence)(values);
  const signed = deviceSigned ? text.receiptSigned() : text.receiptUnsigned();
  const alone = text.twoParts({ first, second: signed });
  if (together === 1) return alone;
  return text.twoParts({ first: alone, second: text.receiptTogether({ count: together }) });
}

/** What did not work, what it means, what to do. */
export function historyFailureWords(
  failure: HistoryFailure | IpcFailure,
  history: Text,
  { failure: other }: Messages,
): string {
  switch (failure.code) {
    case 'unknown-service':
      return other.unknownService();
    case 'text-unknown':
      return history.textUnknown();
    case 'unknown-decision':
      return history.decisionGone();
    case 'said-elsewhere':
      return history.saidElsewhere();
    case 'nothing-to-export':
      return history.nothingToExport();
    case 'not-written':
      return {
        full: history.notWrittenFull,
        'read-only': history.notWrittenReadOnly,
        gone: history.notWrittenGone,
        broken: history.notWrittenBroken,
      }[failure.cause]();
    case 'not-saved':
      return {
        full: history.notErasedFull,
        'read-only': history.notErasedReadOnly,
        busy: history.notErasedBusy,
        broken: history.notErasedBroken,
      }[failure.cause]();
    case 'not-allowed':
    case 'malformed':
    case 'unexpected':
      return other.unexpected();
  }
}
