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
  /** Fetches the keys that receipts are checked with, once. */
  keys(wanted: { readonly stillWanted: () => boolean }, baseAddress: string): Promise<StepOutcome>;
  /** Fetches the policies that decisions name, every ten minutes. */
  policies(
    wanted: { readonly stillWanted: () => boolean; readonly onNews: () => void },
    baseAddress: string,
  ): Promise<StepOutcome>;
  /** Something did not check: the keys may be newer than those at hand. */
  forgetKeys(): void;
  /** The service says that there is a policy version. @returns whether it is news: then the next run fetches it. */
  heardOf(policyVersion: string): boolean;
}

export function createPreparation(parts: Parts, service: string): Preparation {
  const { store, api } = parts;
  let hasKeys = false;
  let policiesAtMs: number | null = null;
  return {
    async keys(wanted, baseAddress) {
      if (hasKeys) return DONE;
      const keys = await pullServerKeys({ store, api, ...wanted }, service, baseAddress);
      hasKeys = keys.kind === 'done';
      return keys;
    },
    async policies(wanted, baseAddress) {
      const now = parts.sinceBootMs();
      if (policiesAtMs !== null && now - policiesAtMs < POLICIES_EVERY_MS) return DONE;
      const needed = { api, policies: parts.policies, ...wanted };
      const pulled = await pullPolicies(needed, service, baseAddress);
      if (pulled.kind === 'done') policiesAtMs = now;
      return pulled;
    },
    forgetKeys() {
      hasKeys = false;
    },
    heardOf(policyVersion) {
      const isNews = store.policyTexts.byVersion(service, policyVersion).length === 0;
      if (isNews) policiesAtMs = null;
      return isNews;
    },
  };
}
