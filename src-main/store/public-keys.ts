import {
  deviceKeySchema,
  serverKeySchema,
  type DeviceKey,
  type ServerKey,
} from '../../src-shared/ledger/keys.js';
import type { Database } from './open-database.js';

/** Public keys that signatures are checked with. None is ever replaced: an old signature needs its old key. */
export interface PublicKeyStore {
  putServerKey(service: string, key: ServerKey): void;
  serverKeys(service: string): ServerKey[];
  putDeviceKey(service: string, subject: string, key: DeviceKey): void;
  deviceKeys(service: string, subject: string): DeviceKey[];
}

export function createPublicKeyStore(database: Database): PublicKeyStore {
  const insert = database.prepare<[string, string, string, string, string]>(
    'INSERT INTO public_key (service, subject, kid, device, jwk) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const list = database
    .prepare<[string, string], string>(
      'SELECT jwk FROM public_key WHERE service = ? AND subject = ? ORDER BY kid, device',
    )
    .pluck();
  const listServer = database
    .prepare<[string], string>(
      `SELECT jwk FROM public_key WHERE service = ? AND subject = '' AND device = '' ORDER BY kid`,
    )
    .pluck();
  return {
    putServerKey: (service, key) => void insert.run(service, '', key.kid, '', JSON.stringify(key)),
    serverKeys: (service) =>
      listServer.all(service).map((jwk) => serverKeySchema.parse(JSON.parse(jwk))),
    putDeviceKey: (service, subject, key) =>
      void insert.run(service, subject, key.kid, key.device, JSON.stringify(key)),
    deviceKeys: (service, subject) =>
      list.all(service, subject).map((jwk) => deviceKeySchema.parse(JSON.parse(jwk))),
  };
}
