import type { ConsentFailure } from './failures.js';
import type { PolicyDifference } from './policy-difference.js';
import type { PolicyVersionsView } from './policy-versions.js';
import type { Result } from './result.js';
import type { PolicyView } from './views.js';

/** The calls about what a service's policy says, and said. */
export interface PolicyCalls {
  /** The policy of a service, whole, in the language shown. */
  readonly 'policy.read': {
    input: { service: string };
    output: Result<PolicyView, ConsentFailure>;
  };
  /** Every version of a policy that is at hand, and when the service was last asked for its own. */
  readonly 'policy.versions': {
    input: { service: string };
    output: Result<PolicyVersionsView, { readonly code: 'unknown-service' }>;
  };
  /** One version, whole, in the language shown. */
  readonly 'policy.readVersion': {
    input: { service: string; version: string };
    output: Result<PolicyView, { readonly code: 'unknown-service' | 'unknown-version' }>;
  };
  /** What differs between two versions that are at hand; `from` null: the version before `to`. */
  readonly 'policy.difference': {
    input: { service: string; from: string | null; to: string };
    output: Result<PolicyDifference, { readonly code: 'unknown-service' | 'not-comparable' }>;
  };
}

/** Their names at run time; the compiler checks that none is missing and none is too many. */
export const POLICY_CALLS = {
  'policy.read': true,
  'policy.versions': true,
  'policy.readVersion': true,
  'policy.difference': true,
} satisfies Record<keyof PolicyCalls, true>;
