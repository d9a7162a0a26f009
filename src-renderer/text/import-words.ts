import type { IpcFailure } from '../../src-shared/failures.js';
import type { ImportFailure } from '../../src-shared/history-view.js';
import type { HistoryMessages, Messages } from '../../src-shared/text/index.js';

/** Why nothing was imported, and what that means. */
export function importFailureWords(
  failure: ImportFailure | IpcFailure,
  text: HistoryMessages,
  { failure: other }: Messages,
): string {
  switch (failure.code) {
    case 'unknown-service':
      return other.unknownService();
    case 'no-file':
      return text.importGone();
    case 'too-large':
      return text.importTooLarge();
    case 'not-an-export':
      return text.importUnreadable({ reason: failure.reason });
    case 'not-true':
      return text.importFalse();
    case 'other-services':
      return text.importOther();
    case 'not-saved':
      return {
        full: text.importNotSavedFull,
        'read-only': text.importNotSavedReadOnly,
        busy: text.importNotSavedBusy,
        broken: text.importNotSavedBroken,
      }[failure.cause]();
    case 'not-allowed':
    case 'malformed':
    case 'unexpected':
      return other.unexpected();
  }
}
