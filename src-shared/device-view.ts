import type { KeychainView } from './views.js';

/** Where something lies on this device: with the service's own pages, with a tool, or with Sayso itself. */
export type StoredPlace =
  | 'cookie'
  | 'local-storage'
  | 'session-storage'
  | 'indexed-db'
  | 'cache-storage'
  | 'service-worker'
  | 'tool'
  | 'database'
  | 'keychain'
  | 'file';

/** What Sayso itself keeps, and says so (`docs/gate.md`); each is a sentence of the page. */
export type OwnThing =
  | 'choices'
  | 'proofs'
  | 'unsent'
  | 'account'
  | 'policies'
  | 'gate-counts'
  | 'batches'
  | 'notes'
  | 'tool-data'
  | 'token'
  | 'vault'
  | 'device'
  | 'anchor'
  | 'database'
  | 'profile'
  | 'place'
  | 'set-aside'
  | 'window'
  | 'crashes'
  | 'running';

/** What makes something go by itself. */
export type Ending =
  /** With the window of the service's pages, or when Sayso closes. */
  | 'with-window'
  | 'with-app'
  /** With the consent it was kept under, or with the session. */
  | 'with-consent'
  | 'with-sign-out'
  /** It stays until the person forgets the service. */
  | 'when-forgotten'
  /** It is Sayso's, for all services. */
  | 'with-sayso';

/** Who says that it may be there. */
export type DeclaredView =
  | {
      readonly by: 'policy';
      /** BCP 47 tag of the policy's words below. */
      readonly lang: string;
      readonly name: string;
      readonly purpose: string;
      readonly what: string;
      /** How long the policy says that it is kept. */
      readonly kept: string;
    }
  | { readonly by: 'sayso'; readonly thing: OwnThing };

/** Something that is really stored on this device, as it was found. Never what is in it. */
export interface StoredView {
  /** Names it to `device.delete`. */
  readonly id: string;
  readonly place: StoredPlace;
  readonly name: string;
  /** The host it belongs to; '' where there is none. */
  readonly host: string;
  /** Null where nobody can tell. */
  readonly bytes: number | null;
  /** Since when it is there, UTC; null where nobody can tell. */
  readonly since: string | null;
  /** When it goes by itself, UTC; null: {@link ending} says what makes it go. */
  readonly until: string | null;
  readonly ending: Ending;
  /** Null: nobody declared it. */
  readonly declared: DeclaredView | null;
  readonly isDeletable: boolean;
}

/** What the page "On this device" shows of one service. */
export interface DeviceView {
  readonly service: string;
  /** Whether the service's own pages are open, so that more may come at any moment. */
  readonly isSiteOpen: boolean;
  /** What belongs to the service: what nobody declared comes first. */
  readonly stored: readonly StoredView[];
  /** What Sayso keeps for all services together. */
  readonly shared: readonly StoredView[];
  /** How the keychain stood when it was asked for its entries; they are missing here unless it is `available`. */
  readonly keychain: KeychainView;
  /** What has not reached the service, and would be lost with the rest. */
  readonly unsent: number;
}

/** Why something was not deleted. */
export type DeviceFailure =
  | { readonly code: 'unknown-service' }
  /** It is not there any more, or is not to be deleted by itself. */
  | { readonly code: 'not-there' }
  /** A page holds it, or the system does not let go of it. */
  | { readonly code: 'not-deleted' }
  | { readonly code: 'not-saved'; readonly cause: 'full' | 'read-only' | 'busy' | 'broken' };
