import type { DeviceKey } from '../crypto/index.js';
import type { VaultKey } from '../vault/index.js';

/** What is known of a session only while the app runs. */
export interface LiveSession {
  readonly token: string;
  /** Signs what is decided here for the account. */
  readonly deviceKey: DeviceKey;
  /** Whether the service was asked in this run whose session it is. */
  readonly isAsked: boolean;
  /** What the person wanted to be kept and the keychain did not take: kept as soon as it does. */
  readonly unkept: VaultKey | null;
}

/** Tokens and device keys in memory: the only place but the keychain where one is ever kept. */
export interface LiveSessions {
  get(service: string): LiveSession | null;
  set(service: string, live: LiveSession): void;
  /** Token and key go. */
  wipe(service: string): void;
  /** The key alone: it outlives the token of a session that ran out, because what is refused then is signed too. */
  keyOf(service: string): DeviceKey | null;
  /** There is no token any more, and this is the key that is left; null where the keychain had none. */
  keepOnlyKey(service: string, key: DeviceKey | null): void;
  /** Whether it is known which key is left without a token: until then nothing is sent without one. */
  keyIsKnown(service: string): boolean;
}

export function createLiveSessions(): LiveSessions {
  const live = new Map<string, LiveSession>();
  const keys = new Map<string, DeviceKey | null>();
  return {
    get: (service) => live.get(service) ?? null,
    set(service, session) {
      live.set(service, session);
      keys.set(service, session.deviceKey);
    },
    wipe(service) {
      live.delete(service);
      keys.delete(service);
    },
    keyOf: (service) => keys.get(service) ?? null,
    keepOnlyKey(service, key) {
      live.delete(service);
      keys.set(service, key);
    },
    keyIsKnown: (service) => keys.has(service),
  };
}
