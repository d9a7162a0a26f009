import type { Fetch } from './request.js';

/** A network that can be closed: requests under way are cut short and no other begins, so that nothing holds up the end. */
export interface ClosableFetch {
  readonly fetch: Fetch;
  close(): void;
}

/**
 * Ties every request to its own limit in time and to the end of the app.
 *
 * Not with `AbortSignal.any`: on Node 20 it holds its sources so weakly that a time limit can be collected before it
 * strikes, and the request then waits for ever (https://github.com/nodejs/node/issues/54614). A listener keeps it.
 */
export function createClosableFetch(fetch: Fetch): ClosableFetch {
  const underWay = new Set<AbortController>();
  let isClosed = false;
  return {
    fetch(url, { signal, ...init }) {
      if (isClosed) return Promise.reject(new TypeError('the network is closed'));
      const request = new AbortController();
      underWay.add(request);
      // A time limit strikes in any case, also after the answer; until then the answer's body is still to be read.
      signal?.addEventListener('abort', () => {
        underWay.delete(request);
        request.abort(signal.reason);
      });
      return fetch(url, { ...init, signal: request.signal });
    },
    close() {
      isClosed = true;
      for (const request of underWay) request.abort();
      underWay.clear();
    },
  };
}
