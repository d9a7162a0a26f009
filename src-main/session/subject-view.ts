import type { SubjectView } from '../../src-shared/views.js';
import type { StoredSession } from '../store/index.js';

/** What a window shows of whose session a service has. @param email of the running session; null where there is none (yet). */
export function subjectViewOf(
  session: StoredSession | null,
  running: { readonly email: string | null } | null,
): SubjectView {
  if (!session || session.state === 'signing-out') return { kind: 'signed-out' };
  if (session.state === 'expired') return { kind: 'expired' };
  if (!running) return { kind: 'unlocking' };
  const expiresAt = new Date(session.expiresAtMs).toISOString();
  return { kind: 'signed-in', email: running.email, remembered: session.remembered, expiresAt };
}
