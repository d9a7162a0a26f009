import type { IpcFailure } from '../../src-shared/failures.js';
import type { GateExportFailure, OpenFailure } from '../../src-shared/gate-view.js';
import type { RefusedReason } from '../../src-shared/gate/request.js';
import type { DeviceMessages } from '../../src-shared/text/index.js';
import type { Messages } from '../../src-shared/text/index.js';

type Text = DeviceMessages;

/** Why something may not act or was not let through, in a few words. */
export function reasonWords(reason: RefusedReason, text: Text): string {
  const words: Readonly<Record<RefusedReason, () => string>> = {
    'not-read': text.whyNotRead,
    'ledger-checking': text.whyChecking,
    'ledger-suspect': text.whySuspect,
    locked: text.whyLocked,
    'not-pulled': text.whyNotPulled,
    'session-expired': text.whyExpired,
    'clock-behind': text.whyClock,
    'being-refused': text.whyRefused,
    'never-on-this-device': text.whyNever,
    'opt-out-signal': text.whySignal,
    refused: text.whyRefused,
    'not-asked': text.whyNotAsked,
    'ask-again': text.whyAskAgain,
    expired: text.whyEnded,
    'unknown-purpose': text.whyUnknown,
    'host-not-declared': text.whyUndeclared,
    'in-the-clear': text.whyClear,
    'not-an-address': text.whyNoAddress,
  };
  return words[reason]();
}

/** What kind of request it was; what Chromium calls otherwise than this list is "something else". */
export function kindWords(kind: string, text: Text): string {
  const words = new Map([
    ['mainFrame', text.kindPage],
    ['subFrame', text.kindFrame],
    ['stylesheet', text.kindStyle],
    ['script', text.kindScript],
    ['image', text.kindImage],
    ['font', text.kindFont],
    ['xhr', text.kindRequest],
    ['ping', text.kindBeacon],
    ['media', text.kindMedia],
    ['webSocket', text.kindSocket],
    ['tool', text.kindTool],
    ['unseen', text.kindUnseen],
    ['forget', text.kindForget],
  ]);
  return (words.get(kind) ?? text.kindOther)();
}

/** Why the list was not written to a file. */
export function gateExportWords(
  failure: GateExportFailure | IpcFailure,
  text: Text,
  { failure: other }: Messages,
): string {
  switch (failure.code) {
    case 'unknown-service':
      return other.unknownService();
    case 'nothing-to-export':
      return text.exportNothing();
    case 'not-written':
      return {
        full: text.exportFull,
        'read-only': text.exportReadOnly,
        gone: text.exportGone,
        broken: text.exportBroken,
      }[failure.cause]();
    default:
      return other.unexpected();
  }
}

/** Why the service's pages were not opened; null where the person closed them. */
export function openFailureWords(
  failure: OpenFailure | IpcFailure,
  service: string,
  text: Text,
  { failure: other }: Messages,
): string | null {
  switch (failure.code) {
    case 'closed':
      return null;
    case 'not-reachable':
      return text.notReachable({ service });
    case 'unknown-service':
      return text.noPages({ service });
    default:
      return other.unexpected();
  }
}
