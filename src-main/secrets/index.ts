export { createKeychain, deviceAccount, tokenAccount } from './keychain.js';
export type { Keychain, KeychainFailure, KeychainLibrary } from './keychain.js';
