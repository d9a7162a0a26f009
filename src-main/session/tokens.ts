import type { DeviceKey } from '../crypto/index.js';

/** What is known of a session only while the app runs. */
export interface LiveSession {
  readonly token: string;
  /** Signs what is decided here for the account. */
  readonly deviceKey: DeviceKey;
  /** The account's e-mail address; null until the service has been asked. */
  readonly email: string | null;
}

/** Tokens in memory: the only place but the keychain where one is ever kept. */
export interface LiveSessions {
  get(service: string): LiveSession | null;
  set(service: string, live: LiveSession): void;
  wipe(service: string): void;
}

export function createLiveSessions(): LiveSessions {
  const live = new Map<string, LiveSession>();
  return {
    get: (service) => live.get(service) ?? null,
    set: (service, session) => void live.set(service, session),
    wipe: (service) => void live.delete(service),
  };
}
