export { newVaultKey, readVaultKey, type VaultKey } from './key.js';
export { createVaults, type Vaults } from './vaults.js';
export type { AccountData } from './account-data.js';
