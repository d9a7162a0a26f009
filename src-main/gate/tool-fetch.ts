import { rulingForToolRequest, type RequestRuling } from '../../src-shared/gate/request.js';
import type { ToolRuling } from '../../src-shared/gate/rule.js';
import type { DeclaredTool } from '../../src-shared/gate/tool.js';
import { failed, ok } from '../../src-shared/result.js';
import { readLimited, type Fetch } from '../api/index.js';
import type { ToolFetch } from './adapter.js';

/** What is read of an answer at most. */
const LONGEST_ANSWER_BYTES = 64 * 1024;
const ANSWER_WITHIN_MS = 10_000;

interface Parts {
  readonly tool: DeclaredTool;
  readonly fetch: Fetch;
  /** The state of this very moment. */
  readonly ruling: () => ToolRuling;
  readonly firstParty: () => readonly string[];
  readonly onRuled: (ruling: RequestRuling) => void;
}

/** A tool's way out, and what cuts it off. */
export interface CuttableFetch {
  readonly fetch: ToolFetch;
  /** Cancels every request that is under way; they end as `cancelled`. */
  cut(): void;
}

export function createToolFetch({ tool, ruling, firstParty, ...parts }: Parts): CuttableFetch {
  const underWay = new Set<AbortController>();
  return {
    async fetch(address, { method, headers, body }) {
      const ruled = rulingForToolRequest(address, { tool, ruling: ruling() }, firstParty());
      parts.onRuled(ruled);
      if (!ruled.isAllowed) return failed({ code: 'refused', reason: ruled.reason });
      const request = new AbortController();
      underWay.add(request);
      const signal = AbortSignal.any([request.signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]);
      try {
        const response = await parts.fetch(address, {
          method,
          headers: { ...headers },
          ...(body === undefined ? {} : { body }),
          signal,
          // Where it would lead was not declared, and no other request is to be made of this one.
          redirect: 'error',
          credentials: 'omit',
          cache: 'no-store',
        });
        const text = (await readLimited(response, LONGEST_ANSWER_BYTES)) ?? '';
        // Cut between the last byte and here: the tool is not to act on it any more.
        if (request.signal.aborted) return failed({ code: 'cancelled' });
        return ok({ status: response.status, text });
      } catch {
        return failed({ code: request.signal.aborted ? 'cancelled' : 'no-network' });
      } finally {
        underWay.delete(request);
      }
    },
    cut() {
      for (const request of underWay) request.abort();
      underWay.clear();
    },
  };
}
