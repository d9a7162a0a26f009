import type { Store, StoredSession } from '../store/index.js';

/** Whose decisions count at the moment: an account, or nobody, the signed-out person at this device. */
export interface CurrentSubject {
  /** The account's opaque id; null for nobody. */
  readonly accountId: string | null;
  /** The same as the store's key: '' for nobody. */
  readonly key: string;
  readonly session: StoredSession | null;
}

/** The subject of a service. A session that is being signed out no longer counts. */
export function currentSubject(store: Pick<Store, 'sessions'>, service: string): CurrentSubject {
  const session = store.sessions.get(service);
  if (!session || session.state === 'signing-out')
    return { accountId: null, key: '', session: null };
  return { accountId: session.accountId, key: session.accountId, session };
}
