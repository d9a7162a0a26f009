import type { Sha256 } from '../../src-shared/ledger/entry.js';
import type { ApiClient } from '../api/index.js';
import type { Consent } from '../consent/index.js';
import type { Ledger } from '../ledger/index.js';
import type { BrowserSignIn, Sessions } from '../session/index.js';
import type { Store } from '../store/index.js';
import type { Vaults } from '../vault/index.js';

/** What the account room is made of. */
export interface AccountParts {
  readonly store: Store;
  readonly api: Pick<
    ApiClient,
    | 'sessions'
    | 'endSession'
    | 'changePassword'
    | 'eraseAccount'
    | 'eraseAccountByProvider'
    | 'session'
    | 'signIn'
  >;
  readonly sessions: Pick<
    Sessions,
    'access' | 'view' | 'signOut' | 'rejected' | 'signerOf' | 'unlock'
  > & { readonly browser: Pick<BrowserSignIn, 'proveAnew'> };
  readonly consent: Pick<Consent, 'decide'>;
  readonly vaults: Pick<Vaults, 'read' | 'put'>;
  readonly ledger: Pick<Ledger, 'beginAnew'>;
  /** The ids of all services. */
  readonly services: readonly string[];
  /** What this device is called where sessions are listed. */
  readonly deviceName: string;
  readonly nowMs: () => number;
  /** 32 fresh random bytes, base64url. */
  readonly newHandle: () => string;
  /** base64url SHA-256 of the 32 bytes behind a handle. */
  readonly hashHandle: (handle: string) => string;
  readonly sha256: Sha256;
  /** Told after what a window shows of a service changed. */
  readonly onChange: (service: string) => void;
  /** Something is to be sent, or asked of the service. */
  readonly wake: (service: string) => void;
}
