import type { ApiClient } from '../api/index.js';
import type { DeviceKey } from '../crypto/index.js';
import type { Keychain } from '../secrets/index.js';
import type { Store } from '../store/index.js';
import type { VaultKey, Vaults } from '../vault/index.js';
import type { LiveSessions } from './tokens.js';

/** What signing in and out is made of; everything from outside is passed in. */
export interface SessionParts {
  readonly store: Store;
  readonly api: ApiClient;
  readonly keychain: Keychain;
  readonly live: LiveSessions;
  /** What is known of whoever is signed in. */
  readonly vaults: Vaults;
  /** The base address of a service, or null when there is no usable profile under that id. */
  readonly baseAddressOf: (service: string) => string | null;
  /** What the person's device is called where sessions are listed, such as "Linux". */
  readonly deviceName: string;
  readonly nowMs: () => number;
  /** 32 fresh random bytes, base64url. */
  readonly newHandle: () => string;
  /** A fresh Ed25519 key for this device. */
  readonly newDeviceKey: () => DeviceKey;
  /** A fresh key for what is kept of an account. */
  readonly newVaultKey: () => VaultKey;
  /** base64url SHA-256 of the 32 bytes behind a handle. */
  readonly hashHandle: (handle: string) => string;
  /** Told after the subject of a service changed. */
  readonly onChange: (service: string) => void;
}
