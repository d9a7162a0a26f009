import type { ApiClient, ApiFailure } from '../api/index.js';
import type { SessionAccess } from '../session/index.js';
import type { Store } from '../store/index.js';
import { DONE, NOT_UNDERSTOOD, NOT_WANTED, stepOutcomeOf, type StepOutcome } from './outcome.js';

interface Parts {
  readonly store: Store;
  readonly api: ApiClient;
  readonly stillWanted: () => boolean;
  /** Told after decisions from elsewhere came in. */
  readonly onNews: () => void;
}

/** Fetches what the account decided elsewhere. Entries and the cursor that follows them are kept as one transaction. */
export async function pull(
  { store, api, stillWanted, onNews }: Parts,
  service: string,
  { token, baseAddress, accountId }: SessionAccess,
): Promise<StepOutcome> {
  let startedOver = false;
  for (;;) {
    const before = store.sessions.get(service)?.pullCursor ?? '';
    const answer = await api.pull(baseAddress, token, before);
    if (!stillWanted()) return NOT_WANTED;
    if (!answer.ok && hasExpired(answer.error) && before !== '' && !startedOver) {
      // The server no longer knows this place; what is known already is recognised by its id. Once in a run: a server that
      // does not know the places it has just given out would be asked for ever.
      startedOver = true;
      const reset = store.commit(() => {
        store.sessions.change(service, { pullCursor: '' });
      });
      if (reset.ok) continue;
    }
    if (!answer.ok) return stepOutcomeOf(answer.error);
    const { entries, cursor, more } = answer.value;
    const foreign = entries.some(
      ({ decision }) => decision.subject !== accountId || decision.service !== service,
    );
    // A server that mixes accounts, or turns in circles, is not believed at all.
    if (foreign || (more && cursor === before)) return NOT_UNDERSTOOD;
    const kept = store.commit(() => {
      const fresh = entries.filter(({ decision, receivedAt }) =>
        store.decisions.add(decision, Date.parse(receivedAt)),
      );
      store.sessions.change(service, { pullCursor: cursor, ...(more ? {} : { pulled: true }) });
      return fresh.length;
    });
    if (!kept.ok) return { kind: 'failed', problem: 'server-error', retryAfterMs: null };
    if (kept.value > 0 || !more) onNews();
    if (!more) return DONE;
  }
}

function hasExpired(failure: ApiFailure): boolean {
  return failure.kind === 'problem' && failure.problem.type === 'cursor-expired';
}
