import type { KeychainMessages } from '../../src-shared/text/index.js';
import type { KeychainView, SubjectView } from '../../src-shared/views.js';

/** How the system keychain stands, what that means for whoever is signed in, and whether asking again may help. */
export interface KeychainWords {
  readonly state: string;
  readonly means: string;
  readonly canTryAgain: boolean;
}

/** @param keychain how it stood when it was last asked. */
export function keychainWords(
  keychain: KeychainView,
  subject: SubjectView,
  text: KeychainMessages,
): KeychainWords {
  if (keychain === 'unknown') {
    return { state: text.unknown(), means: text.unknownMeans(), canTryAgain: false };
  }
  if (keychain === 'available') {
    return { state: text.available(), means: text.availableMeans(), canTryAgain: false };
  }
  const state = {
    absent: text.absent,
    locked: text.locked,
    denied: text.denied,
    hanging: text.hanging,
    corrupt: text.corrupt,
    died: text.died,
  }[keychain]();
  return { state, means: meaning(keychain, subject, text), canTryAgain: true };
}

function meaning(keychain: KeychainView, subject: SubjectView, text: KeychainMessages): string {
  if (keychain === 'corrupt') return text.corruptMeans();
  if (subject.kind === 'unlocking') return text.waitsMeans();
  if (subject.kind === 'signed-in' && subject.remembered) return text.keptMeans();
  return text.thisRunMeans();
}
