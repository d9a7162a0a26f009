import { rulingForPageRequest, type RequestRuling } from '../../src-shared/gate/request.js';
import type { Fetch } from '../api/index.js';
import type { Store } from '../store/index.js';

/** Batches named in one request. */
const MOST_AT_ONCE = 100;
const ANSWER_WITHIN_MS = 10_000;

interface Parts {
  readonly store: Pick<Store, 'toolBatches' | 'commit' | 'isOpen' | 'truncateLog'>;
  readonly fetch: Fetch;
  readonly firstParty: (service: string) => readonly string[];
  readonly onRuled: (service: string, ruling: RequestRuling) => void;
  /** Told of what nobody foresaw, such as a database that can no longer be read; it is asked again the next time. */
  readonly onUnexpected: (service: string, error: unknown) => void;
}

/** Asks services to forget what was sent under a consent that is gone. */
export interface Forgetting {
  /** Asks now, if anything is to be forgotten; resolves when there is nothing left or the service did not answer. Never throws. */
  run(service: string): Promise<void>;
  stop(): void;
}

/**
 * The service itself is asked, by Sayso and not by the tool: `POST <base>/otlp/forget` with the random ids. They name nobody,
 * so that anyone who knows one may have it forgotten. What was not answered for with 204 is asked again the next time.
 */
export function createForgetting(parts: Parts): Forgetting {
  const { store, fetch, firstParty, onRuled } = parts;
  const running = new Map<string, Promise<void>>();
  const stopping = new AbortController();
  const ask = async (service: string): Promise<void> => {
    for (;;) {
      if (!store.isOpen() || stopping.signal.aborted) return;
      const due = store.toolBatches.toForget(service, MOST_AT_ONCE);
      const [first] = due;
      if (!first) return;
      const address = `${first.baseAddress}/otlp/forget`;
      const ruling = rulingForPageRequest(address, [], firstParty(service));
      onRuled(service, ruling);
      if (!ruling.isAllowed) return;
      const batches = due.map(({ batch }) => batch);
      const answer = await fetch(address, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ batches }),
        redirect: 'error',
        credentials: 'omit',
        cache: 'no-store',
        signal: AbortSignal.any([stopping.signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
      }).catch(() => null);
      await answer?.body?.cancel().catch(() => undefined);
      if (answer?.status !== 204 || !store.isOpen()) return;
      store.commit(() => {
        store.toolBatches.remove(batches);
      });
      // The ids are gone from the file; the log is not to keep them either.
      store.truncateLog();
    }
  };
  return {
    async run(service) {
      const before = running.get(service) ?? Promise.resolve();
      const now = before
        .then(() => ask(service))
        .catch((error: unknown) => {
          parts.onUnexpected(service, error);
        });
      running.set(service, now);
      await now;
    },
    stop: () => {
      stopping.abort();
    },
  };
}
