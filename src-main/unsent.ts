import type { QuitWaiting, Unsent } from '../src-shared/ipc-contract.js';
import type { ServiceProfile } from '../src-shared/manifest.js';
import { currentSubject } from './consent/index.js';
import type { Store } from './store/index.js';

/** What has not reached the services, to be told before somebody leaves. */
export interface UnsentCounts {
  /** What signing out of a service would find unsent; nothing while signed out. */
  readonly of: (service: string) => Unsent;
  /** What quitting would leave behind, service by service; only those where quitting changes when it arrives. */
  readonly atQuit: () => QuitWaiting[];
}

export function createUnsent(
  store: Pick<Store, 'sessions' | 'outbox'>,
  profiles: readonly Pick<ServiceProfile, 'manifest'>[],
): UnsentCounts {
  const of = (service: string): Unsent => {
    const { session, key } = currentSubject(store, service);
    if (!session) return { waiting: 0, grants: 0 };
    return {
      waiting: store.outbox.countWaiting(service, key),
      grants: store.outbox.countWaitingGrants(service, key),
    };
  };
  return {
    of,
    atQuit: () =>
      profiles.flatMap(({ manifest: { id, name } }) => {
        const { session } = currentSubject(store, id);
        const unsent = of(id);
        if (!session || unsent.waiting === 0) return [];
        // What waits for a sign-in and nothing else waits just as well while Sayso is closed.
        const waitsAnyway = session.state === 'expired' && unsent.waiting === unsent.grants;
        if (session.remembered && waitsAnyway) return [];
        return [{ ...unsent, service: name, endsSession: !session.remembered }];
      }),
  };
}
