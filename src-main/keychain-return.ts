import type { KeychainView } from '../src-shared/views.js';

/**
 * Notices that the keychain answers again, whoever found that out: it may have been asked for something else than what waits for it,
 * and then nobody else would take that up.
 * @param onReturn told each time it is available again after it was not.
 * @returns to be told every reading, in turn.
 */
export function createKeychainReturn(onReturn: () => void): (state: KeychainView) => void {
  let isAway = false;
  return (state) => {
    const isBack = isAway && state === 'available';
    isAway = state !== 'available' && state !== 'unknown';
    if (isBack) onReturn();
  };
}
