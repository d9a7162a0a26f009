import type { DevicesView, DeviceView } from '../../src-shared/account-view.js';
import type { Unsent } from '../../src-shared/ipc-contract.js';
import type { AccountMessages } from '../../src-shared/text/index.js';
import type { Messages } from '../../src-shared/text/index.js';
import { accountFailureWords } from './account-failure-words.js';
import type { DayWords } from './dates.js';
import type { MomentWords } from '../../src-shared/text/moments.js';

/** The sentences, days and moments of the language in use. */
export interface DeviceTexts {
  readonly text: Messages;
  readonly account: AccountMessages;
  readonly days: DayWords;
  readonly moments: MomentWords;
}

/** When a device was last used and since when it is signed in. */
export function deviceWords(
  { lastUsedAt, signedInAt }: DeviceView,
  nowMs: number,
  { text, account, days, moments }: DeviceTexts,
): string {
  const used = isToday(lastUsedAt, nowMs, moments)
    ? account.usedToday({ time: moments.time(lastUsedAt) })
    : account.usedOn({ when: moments.recent(lastUsedAt, nowMs) });
  const since = account.signedInSince({ day: days.ofInstant(signedInAt) });
  return `${used}${text.app.listSeparator()}${since}`;
}

/** Since when the list is known and why it is no newer; null where it has just been read. */
export function asOfWords(
  { asOf, problem }: DevicesView,
  service: string,
  nowMs: number,
  texts: DeviceTexts,
): string | null {
  if (problem === null) return null;
  const { account, moments } = texts;
  const why = accountFailureWords(problem, 'list', service, texts);
  return isToday(asOf, nowMs, moments)
    ? account.asOfToday({ time: moments.time(asOf), why })
    : account.asOf({ when: moments.recent(asOf, nowMs), why });
}

function isToday(instant: string, nowMs: number, moments: MomentWords): boolean {
  return moments.dayKey(instant) === moments.dayKey(new Date(nowMs).toISOString());
}

/** What signing out of a service would leave unsent, and what becomes of it. */
export function unsentWords(
  { waiting, grants }: Unsent,
  service: string,
  account: AccountMessages,
): string {
  return [
    account.signOutUnsent({ count: waiting, service }),
    ...(grants > 0 ? [account.signOutDiscards({ count: grants })] : []),
    ...(waiting > grants ? [account.signOutRefusals()] : []),
  ].join(' ');
}
