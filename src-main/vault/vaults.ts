import type { Store } from '../store/index.js';
import { dataFromText, dataToText, NO_DATA, type AccountData } from './account-data.js';
import { seal, unseal } from './box.js';
import type { VaultKey } from './key.js';

/**
 * What is known of the person behind each signed-in account: in memory, and on the disk only sealed with a key that lies in the
 * keychain. Where there is no keychain there is no key, and nothing is written.
 */
export interface Vaults {
  /** A session begins or is unlocked. @param key null: its data is for this run only. */
  open(service: string, accountId: string, key: VaultKey | null): void;
  read(service: string): AccountData;
  /** Takes in what was learnt; nothing where nobody is signed in. */
  put(service: string, learnt: Partial<AccountData>): void;
  /** Key and data go from memory. What is on the disk goes with the rows of the account, and is nothing without the key. */
  wipe(service: string): void;
}

interface Opened {
  readonly accountId: string;
  readonly key: VaultKey | null;
  readonly data: AccountData;
}

export function createVaults(store: Pick<Store, 'vault' | 'commit' | 'isOpen'>): Vaults {
  const opened = new Map<string, Opened>();
  const about = (service: string, accountId: string): string =>
    `sayso-vault\0${service}\0${accountId}`;
  const found = (service: string, accountId: string, key: VaultKey): AccountData => {
    const sealed = store.vault.get(service, accountId);
    const text = sealed === null ? null : unseal(key.bytes, sealed, about(service, accountId));
    return (text === null ? null : dataFromText(text)) ?? NO_DATA;
  };
  return {
    open(service, accountId, key) {
      const data = key === null ? NO_DATA : found(service, accountId, key);
      opened.set(service, { accountId, key, data });
    },
    read: (service) => opened.get(service)?.data ?? NO_DATA,
    put(service, learnt) {
      const vault = opened.get(service);
      if (!vault) return;
      const data = { ...vault.data, ...learnt };
      opened.set(service, { ...vault, data });
      const { accountId, key } = vault;
      if (key === null || !store.isOpen()) return;
      const sealed = seal(key.bytes, dataToText(data), about(service, accountId));
      // A disk that does not take it costs nothing: the service is asked again.
      store.commit(() => {
        store.vault.put(service, accountId, sealed);
      });
    },
    wipe(service) {
      opened.get(service)?.key?.bytes.fill(0);
      opened.delete(service);
    },
  };
}
