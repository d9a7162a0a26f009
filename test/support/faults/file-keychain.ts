import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { KeychainLibrary } from '../../../src-main/secrets/types.js';

/** The secrets in a keychain file, by account. */
export function secretsIn(file: string): Map<string, string> {
  if (!existsSync(file)) return new Map();
  return new Map(JSON.parse(readFileSync(file, 'utf8')) as [string, string][]);
}

/** Puts secrets into a keychain file, whole or not at all. */
export function keepSecrets(file: string, secrets: ReadonlyMap<string, string>): void {
  writeFileSync(`${file}.new`, JSON.stringify([...secrets]));
  renameSync(`${file}.new`, file);
}

/** A keychain that outlives a process that is killed, as the system's own does. */
export function fileKeychain(file: string): KeychainLibrary {
  return {
    getPassword: (_service, account) => Promise.resolve(secretsIn(file).get(account) ?? null),
    setPassword(_service, account, password) {
      keepSecrets(file, new Map([...secretsIn(file), [account, password]]));
      return Promise.resolve();
    },
    deletePassword(_service, account) {
      const secrets = secretsIn(file);
      const was = secrets.delete(account);
      keepSecrets(file, secrets);
      return Promise.resolve(was);
    },
    findCredentials: () =>
      Promise.resolve([...secretsIn(file).keys()].map((account) => ({ account }))),
  };
}
