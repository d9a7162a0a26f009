export { createHelperLibrary, type HelperProcess } from './helper-library.js';
export { createKeychain } from './keychain.js';
export { deviceAccount, tokenAccount, vaultAccount } from './names.js';
export { createSecretServiceProbe } from './secret-service/probe.js';
export type {
  Keychain,
  KeychainEntry,
  KeychainFailure,
  KeychainLibrary,
  KeychainProbe,
} from './types.js';
