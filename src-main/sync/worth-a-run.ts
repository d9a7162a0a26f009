import type { EngineParts } from './engine-parts.js';
import { waitingNow, type RunState } from './standing.js';

/**
 * Whether another run would do anything, by itself and without anything new.
 * @param problem what the last run found.
 * @param failures how many runs in a row have failed.
 */
export function isWorthARun(
  parts: Pick<EngineParts, 'store' | 'sessions' | 'isSuspect'>,
  service: string,
  problem: RunState['problem'],
  failures: number,
): boolean {
  const { store, sessions } = parts;
  // An address that takes no sync is asked again only when something new happens.
  if (problem === 'no-service') return false;
  const unsaid = store.parting.count(service) > 0 && !parts.isSuspect(service);
  if (unsaid || store.revokeHandles.toSend(service).length > 0) return true;
  // Signed out with nothing to send there is nothing to look for; nor for grants alone that wait for a sign-in.
  return sessions.access(service) !== null || (failures > 0 && waitingNow(parts, service) > 0);
}
