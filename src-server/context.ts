import type { Limiters } from './auth/limits.js';
import type { Passwords } from './auth/passwords.js';
import type { Provider } from './auth/provider/provider.js';
import type { RandomBytes } from './auth/secrets.js';
import type { Hub } from './events/hub.js';
import type { Metrics } from './http/metrics.js';
import type { DeviceSignatures } from './keys/device-signatures.js';
import type { IssueReceipts } from './receipts.js';
import type { PublishedService } from './services/published.js';
import type { Store } from './store/store.js';

/** What the calls of one service work with. */
export interface ServiceContext {
  readonly service: PublishedService;
  readonly store: Store;
  readonly passwords: Passwords;
  /** Where people may sign in beside address and password; null for nowhere. */
  readonly provider: Provider | null;
  readonly limiters: Limiters;
  readonly signatures: DeviceSignatures;
  readonly issueReceipts: IssueReceipts;
  readonly hub: Hub;
  readonly metrics: Metrics;
  /** Milliseconds since 1970, UTC. */
  readonly nowMs: () => number;
  readonly randomBytes: RandomBytes;
}

/** A moment as it travels: RFC 3339, UTC, to the millisecond. */
export function instant(atMs: number): string {
  return new Date(atMs).toISOString();
}

/** A moment as the `Date` header has it (RFC 9110, section 5.6.7): by the server's own clock, which clients set theirs against. */
export function httpDate(atMs: number): string {
  return new Date(atMs).toUTCString();
}
