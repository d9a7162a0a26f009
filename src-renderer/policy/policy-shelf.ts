import type { IpcFailure } from '../../src-shared/failures.js';
import type { Bridge } from '../../src-shared/ipc-contract.js';
import type { PolicyVersionsView } from '../../src-shared/policy-versions.js';
import type { Result } from '../../src-shared/result.js';
import type { PolicyView } from '../../src-shared/views.js';
import { ask } from '../bridge.js';
import type { ReadDifference } from '../later.js';

/** An answer whose own failure and the bridge's are one union. */
type Answer<Value, Code extends string> = Promise<
  Result<Value, IpcFailure | { readonly code: Code }>
>;

/** The versions of policies, as far as a page can ask for them. */
export interface PolicyShelf {
  versions(service: string): Answer<PolicyVersionsView, 'unknown-service'>;
  read(service: string, version: string): Answer<PolicyView, 'unknown-service' | 'unknown-version'>;
  readonly difference: ReadDifference;
}

export function createPolicyShelf(bridge: Bridge): PolicyShelf {
  return {
    versions: (service) => ask(bridge, 'policy.versions', { service }),
    read: (service, version) => ask(bridge, 'policy.readVersion', { service, version }),
    difference: (service, from, to) => ask(bridge, 'policy.difference', { service, from, to }),
  };
}
