import type { Database } from './open-database.js';

/** Small facts of the profile: its own id, and a device id for each service so that services cannot match devices. */
export interface MetaStore {
  /** The random id of this profile, made at its first start; part of the keychain's account names. */
  profileId(): string;
  /** The random id under which this installation is known to one service. */
  deviceId(service: string): string;
  /** Whether a token of the service may still lie in the keychain: from before it is put there until it is surely gone. */
  tokenMayRemain(service: string): boolean;
  setTokenMayRemain(service: string, mayRemain: boolean): void;
}

/** @param newId makes a random id of the letters, digits and hyphens of a UUID. */
export function createMetaStore(database: Database, newId: () => string): MetaStore {
  const read = database.prepare<[string], { value: string }>(
    'SELECT value FROM meta WHERE key = ?',
  );
  const insert = database.prepare<[string, string]>(
    'INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO NOTHING',
  );
  const drop = database.prepare<[string]>('DELETE FROM meta WHERE key = ?');
  const readOrMake = (key: string): string => {
    const found = read.get(key)?.value;
    if (found !== undefined) return found;
    insert.run(key, newId());
    return read.get(key)?.value ?? '';
  };
  const profileId = readOrMake('profile-id');
  return {
    profileId: () => profileId,
    deviceId: (service) => readOrMake(`device-id/${service}`),
    tokenMayRemain: (service) => read.get(`token-may-remain/${service}`) !== undefined,
    setTokenMayRemain: (service, mayRemain) => {
      if (mayRemain) insert.run(`token-may-remain/${service}`, 'yes');
      else drop.run(`token-may-remain/${service}`);
    },
  };
}
