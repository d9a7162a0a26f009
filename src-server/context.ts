import type { Limiters } from './auth/limits.js';
import type { Passwords } from './auth/passwords.js';
import type { RandomBytes } from './auth/secrets.js';
import type { DeviceSignatures } from './keys/device-signatures.js';
import type { IssueReceipts } from './receipts.js';
import type { PublishedService } from './services/published.js';
import type { Store } from './store/store.js';

/** What the calls of one service work with. */
export interface ServiceContext {
  readonly service: PublishedService;
  readonly store: Store;
  readonly passwords: Passwords;
  readonly limiters: Limiters;
  readonly signatures: DeviceSignatures;
  readonly issueReceipts: IssueReceipts;
  /** Milliseconds since 1970, UTC. */
  readonly nowMs: () => number;
  readonly randomBytes: RandomBytes;
}

/** A moment as it travels: RFC 3339, UTC, to the millisecond. */
export function instant(atMs: number): string {
  return new Date(atMs).toISOString();
}
