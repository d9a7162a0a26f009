import type { ApiClient } from '../api/index.js';
import type { Store } from '../store/index.js';
import { DONE, stepOutcomeOf, type StepOutcome } from './outcome.js';

/**
 * Ends sessions that were signed out of here, one handle at a time. A handle is forgotten only when the server has
 * answered in the proper form; a page of some hotel network has not.
 */
export async function sendHandles(
  { store, api }: { readonly store: Store; readonly api: ApiClient },
  service: string,
): Promise<StepOutcome> {
  let outcome = DONE;
  for (const { handle, baseAddress } of store.revokeHandles.toSend(service)) {
    const answer = await api.revoke(baseAddress, handle);
    // One address that is gone for good must not keep the sessions at other addresses alive.
    if (answer.ok) store.commit(() => store.revokeHandles.remove(handle));
    else outcome = stepOutcomeOf(answer.error);
  }
  return outcome;
}
