import { composeFirstView } from '../../../src-main/first-view/compose.js';
import type { FirstView } from '../../../src-main/first-view/index.js';
import { openForReading } from '../../../src-main/store/open-for-reading.js';
import { fixtureProfile } from '../fixtures/service-profile.js';

/** What a window would be shown of the rig's services at its next start, before the app is there. @param asked as typed at the start. */
export function readFirstViewOf(
  file: string,
  clock: { readonly nowMs: number; readonly sinceBootMs?: number },
  asked = '',
): FirstView | null {
  const store = openForReading(file);
  if (!store) return null;
  try {
    return composeFirstView({
      store,
      profiles: [fixtureProfile('alpha'), fixtureProfile('beta')],
      lang: 'en',
      asked,
      nowMs: () => clock.nowMs,
      sinceBootMs: () => clock.sinceBootMs ?? clock.nowMs,
    });
  } finally {
    store.close();
  }
}
