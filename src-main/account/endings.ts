import type { SubjectView } from '../../src-shared/views.js';
import type { AccountParts } from './parts.js';

/** What a signed-out person is told beside that. */
export type Because = NonNullable<Extract<SubjectView, { kind: 'signed-out' }>['because']>;

/** How sessions of this run came to an end, for the person who finds themselves signed out. */
export interface Endings {
  /** Says what ends the session of a service, or takes it back. */
  note(service: string, because: Because | null): void;
  view(service: string): SubjectView;
  /**
   * The service no longer accepts the session. Of an account whose end was asked for it then knows nothing any more, so the
   * sign-out steps run.
   */
  rejected(service: string, reason: 'expired' | 'ended'): Promise<void>;
  /** Somebody may have signed in, and then what was before is no news any more. */
  changed(service: string): void;
}

export function createEndings({
  store,
  sessions,
}: Pick<AccountParts, 'store' | 'sessions'>): Endings {
  const endings = new Map<string, Because>();
  return {
    note(service, because) {
      if (because === null) endings.delete(service);
      else endings.set(service, because);
    },
    view(service) {
      const subject = sessions.view(service);
      const because = endings.get(service);
      return subject.kind === 'signed-out' && because ? { ...subject, because } : subject;
    },
    async rejected(service, reason) {
      const accountId = store.sessions.get(service)?.accountId;
      const isErased = accountId !== undefined && store.meta.erasingAccount(service) === accountId;
      if (isErased || reason === 'ended') {
        endings.set(service, isErased ? 'account-deleted' : 'ended-elsewhere');
        await sessions.rejected(service, 'ended');
        if (isErased && store.isOpen()) store.meta.setErasingAccount(service, null);
        return;
      }
      await sessions.rejected(service, reason);
    },
    changed(service) {
      // Forgetting is said before it has signed anybody out.
      if (endings.get(service) === 'forgetting') return;
      if (sessions.view(service).kind === 'signed-in') endings.delete(service);
    },
  };
}
