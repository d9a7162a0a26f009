import type { ApiClient } from '../api/index.js';
import type { Policies } from '../policy/index.js';
import type { Store } from '../store/index.js';
import { DONE, type StepOutcome } from './outcome.js';
import { pullPolicies } from './pull-policies.js';
import { pullServerKeys } from './pull-server-keys.js';

/** Policies change seldom: they are looked at no more often than this. */
const POLICIES_EVERY_MS = 10 * 60 * 1000;

interface Parts {
  readonly store: Store;
  readonly api: ApiClient;
  readonly policies: Policies;
  /** A clock that only goes forward, milliseconds. */
  readonly sinceBootMs: () => number;
}

/** What a run looks after before any decision travels, and not every time. */
export interface Preparation {
  /** Fetches the keys that receipts are checked with, once, and the policies that decisions name, every ten minutes. */
  run(
    wanted: { readonly stillWanted: () => boolean; readonly onNews: () => void },
    baseAddress: string,
  ): Promise<StepOutcome>;
  /** Something did not check: the keys may be newer than those at hand. */
  forgetKeys(): void;
}

export function createPreparation(parts: Parts, service: string): Preparation {
  let hasKeys = false;
  let policiesAtMs: number | null = null;
  return {
    async run(wanted, baseAddress) {
      const { store, api, policies } = parts;
      const needed = { store, api, policies, ...wanted };
      if (!hasKeys) {
        const keys = await pullServerKeys(needed, service, baseAddress);
        if (keys.kind !== 'done') return keys;
        hasKeys = true;
      }
      const now = parts.sinceBootMs();
      if (policiesAtMs !== null && now - policiesAtMs < POLICIES_EVERY_MS) return DONE;
      const pulled = await pullPolicies(needed, service, baseAddress);
      if (pulled.kind === 'done') policiesAtMs = now;
      return pulled;
    },
    forgetKeys() {
      hasKeys = false;
    },
  };
}
