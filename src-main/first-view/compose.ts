import type { ServiceProfile } from '../../src-shared/manifest.js';
import type { ServiceView } from '../../src-shared/views.js';
import { createTrustedClock } from '../clock/index.js';
import { createFirstScreens } from '../consent/index.js';
import { createAddresses } from '../core-addresses.js';
import { sha256Hex } from '../fingerprints.js';
import { openedAtFirst } from '../opened-at-first.js';
import { createShelves, createShownPolicies } from '../policy/index.js';
import { createServiceViews } from '../service-view.js';
import { signInViewOf, subjectViewOf } from '../session/index.js';
import type { ReadingStore } from '../store/index.js';
import { NO_RUN_YET, syncViewOf } from '../sync/index.js';
import type { FirstView } from './types.js';

interface Parts {
  readonly store: ReadingStore;
  readonly profiles: readonly ServiceProfile[];
  /** BCP 47 tag of the window's language. */
  readonly lang: string;
  /** The service asked for on the command line, as typed; '' for none. */
  readonly asked: string;
  readonly nowMs: () => number;
  readonly sinceBootMs: () => number;
}

/**
 * What the window shows first, read and never written: as the app itself puts it together when nothing has been pressed, sent or
 * asked of the keychain yet.
 * @returns null where the app has something to settle first, or doubts what is there.
 */
export function composeFirstView(parts: Parts): FirstView | null {
  const { store, profiles } = parts;
  const ids = profiles.map(({ manifest }) => manifest.id);
  if (!isSettled(store, ids)) return null;
  const clock = createTrustedClock({
    wallMs: parts.nowMs,
    sinceBootMs: parts.sinceBootMs,
    read: () => store.meta.newestTimeMs(),
    // The app keeps it, when it is there.
    write: () => undefined,
    soon: () => undefined,
  });
  const shelves = createShelves({ profiles, store, sha256Hex });
  const policies = createShownPolicies({
    profiles,
    shelf: (service) => shelves.of(service),
    lang: () => parts.lang,
    nowMs: clock.nowMs,
  });
  const screens = createFirstScreens({ store, profiles, policies, trustedNowMs: clock.nowMs });
  const sessions = { view: (id: string) => subjectViewOf(store.sessions.get(id), null) };
  const { browserWayOf } = createAddresses(profiles, null);
  const viewOf = createServiceViews({
    profiles,
    policies,
    consent: screens,
    sessions: { ...sessions, browser: { view: (id) => signInViewOf(browserWayOf(id), 'idle') } },
    sync: { view: (id) => syncViewOf({ store, sessions }, id, NO_RUN_YET) },
    ledger: { view: () => ({ state: 'checking', reason: null }) },
    clock,
  });
  const services: ServiceView[] = ids.flatMap((id) => viewOf(id) ?? []);
  const opened = openedAtFirst(ids, parts.asked);
  const policy = opened === null ? null : policies.view(opened);
  return { opened, policy, services, problems: [], screens: screens.shown() };
}

/** Whether the app would change nothing of what is shown before it shows it. */
function isSettled({ meta, sessions }: ReadingStore, ids: readonly string[]): boolean {
  return (
    sessions.all().every(({ remembered, state }) => remembered && state !== 'signing-out') &&
    ids.every(
      (id) => meta.suspect(id) === null && !meta.isForgetting(id) && !meta.eraseAfterSignOut(id),
    )
  );
}
