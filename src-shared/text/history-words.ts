import type { EVERY_PURPOSE as EveryPurpose } from '../consent/decision.js';
import type { HistoryEntryView, HistorySaidView } from '../history-view.js';
import type { HistoryMessages } from './index.js';

/** Stands for every purpose. A name of its own here, because the shared one comes with all the schemas of decisions. */
const EVERY_PURPOSE = '*' satisfies typeof EveryPurpose;

type Text = HistoryMessages;
/** Joins names, such as `Functional, Analytics and Advertising`. */
type List = (names: readonly string[]) => string;
type About = readonly { readonly purpose: string; readonly name: string }[];

/** What was said, in one short sentence, such as "You allowed Analytics". */
export function saidWords(said: HistorySaidView, text: Text, list: List): string {
  if (said.kind === 'unreadable') return text.unreadable();
  if (said.kind === 'erased') {
    return said.about.length === 0
      ? text.erased()
      : text.erasedAbout({ names: aboutWords(said.about, text, list) });
  }
  const { action, choices } = said;
  const names = aboutWords(choices, text, list);
  const isEvery = choices.some(({ purpose }) => purpose === EVERY_PURPOSE);
  switch (action) {
    case 'acknowledge':
      return text.acknowledged();
    case 'accept-all':
      return text.allowedAll();
    case 'necessary-only':
      return text.refusedAll();
    case 'withdraw':
      return isEvery ? text.withdrewAll() : text.withdrew({ names });
    case 'signal':
      return text.signal({ names });
    case 'save':
      return choices.some(({ choice }) => choice === 'granted')
        ? text.allowed({ names })
        : text.refused({ names });
  }
}

/** The purposes something was about, in words. */
export function aboutWords(about: About, text: Text, list: List): string {
  const isEvery = about.some(({ purpose }) => purpose === EVERY_PURPOSE);
  return isEvery ? text.everything() : list(about.map(({ name }) => name));
}

/** Where the person said it. */
export function whereWords(said: HistorySaidView, text: Text): string | null {
  if (said.kind !== 'said') return null;
  return {
    banner: text.inBanner,
    settings: text.inSettings,
    notice: text.inNotice,
    import: text.takenOver,
  }[said.surface]();
}

export function deviceWords(device: HistoryEntryView['device'], text: Text): string {
  if (device.kind === 'this') return text.thisDevice();
  return device.id === '' ? text.otherDevice() : text.otherDeviceNamed({ id: device.id });
}

/** How far an entry has come, in a word or two and a shape. */
export function sendingWords(
  { sending }: HistoryEntryView,
  service: string,
  text: Text,
): { readonly word: string; readonly shape: 'tick' | 'up' | 'broken' | 'ring' } {
  switch (sending.state) {
    case 'received':
      return { word: text.received(), shape: 'tick' };
    case 'waiting':
      return { word: text.waiting(), shape: 'up' };
    case 'refused':
      return { word: text.notTaken({ service }), shape: 'broken' };
    case 'local':
      return { word: text.local(), shape: 'ring' };
  }
}
