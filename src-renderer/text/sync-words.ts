import type { EVERY_PURPOSE as EveryPurpose } from '../../src-shared/consent/decision.js';
import type { Messages } from '../../src-shared/text/index.js';
import type { SyncMessages } from '../../src-shared/text/index.js';
import type { ServiceView, SyncDetailView, SyncItem, SyncTry } from '../../src-shared/views.js';
import { detailOf } from './status-words.js';

/** Stands for every purpose. A name of its own here, because the shared one comes with all the schemas of decisions. */
const EVERY_PURPOSE = '*' satisfies typeof EveryPurpose;

/** How things stand, in a sentence. */
export function stateWords(
  { name, subject }: Pick<ServiceView, 'name' | 'subject'>,
  { sync }: Pick<SyncDetailView, 'sync'>,
  text: Messages,
  words: SyncMessages,
): string {
  if (subject.kind === 'signed-out') return words.signedOut();
  if (subject.kind === 'unlocking') return words.unlocking();
  return detailOf({ sync }, text) || words.allThere({ service: name });
}

/**
 * What an item said, such as "You allowed Analytics".
 * @param nameOf the name of a purpose in the policy on show.
 * @param hasNotice whether the service asks for nothing but an acknowledgement.
 */
export function saidWords(
  { choices }: Pick<SyncItem, 'choices'>,
  nameOf: (purpose: string) => string,
  hasNotice: boolean,
  text: SyncMessages,
  list: (names: readonly string[]) => string,
): string {
  const about = (wanted: 'granted' | 'denied'): string => {
    const purposes = Object.keys(choices).filter((purpose) => choices[purpose] === wanted);
    if (purposes.includes(EVERY_PURPOSE)) return text.everything();
    return purposes.length === 0 ? '' : list(purposes.map(nameOf));
  };
  const [allowed, denied] = [about('granted'), about('denied')];
  const yes = allowed === '' ? null : text.allowed({ names: allowed });
  const no = denied === '' ? null : text.denied({ names: denied });
  if (yes !== null && no !== null) return text.both({ first: yes, second: no });
  return yes ?? no ?? (hasNotice ? text.acknowledged() : text.erased());
}

/** How far an item has come, in a word or two and a shape. */
export function itemState(
  { state, needsSignIn }: Pick<SyncItem, 'state' | 'needsSignIn'>,
  text: SyncMessages,
): { readonly word: string; readonly shape: 'up' | 'broken' | 'me' } {
  if (state === 'refused') return { word: text.refused(), shape: 'broken' };
  if (state === 'sending') return { word: text.sending(), shape: 'up' };
  return needsSignIn
    ? { word: text.needsSignIn(), shape: 'me' }
    : { word: text.waiting(), shape: 'up' };
}

/** What came of a try. */
export function tryWords(problem: SyncTry['problem'], text: SyncMessages): string {
  return {
    none: text.tryWorked,
    'no-network': text.tryNoNetwork,
    'server-error': text.tryServerError,
    'not-understood': text.tryNotUnderstood,
    'no-service': text.tryNoService,
    refused: text.tryRefused,
    'session-expired': text.trySessionEnded,
  }[problem]();
}

/** The purposes an item allowed, which can be chosen again once it was refused. */
export function allowedPurposes({ choices }: Pick<SyncItem, 'choices'>): string[] {
  return Object.keys(choices).filter((purpose) => choices[purpose] === 'granted');
}
