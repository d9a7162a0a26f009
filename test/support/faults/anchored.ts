import { expect } from 'vitest';
import type { Store } from '../../../src-main/store/index.js';
import { anchorAccount } from '../../../src-main/ledger/index.js';
import { until } from '../client/server-world.js';
import { SERVICES } from './open-profile-rig.js';

/** Waits until the keychain remembers the newest chain ends of every service. */
export function anchoredUpTo(store: Store, secrets: ReadonlyMap<string, string>): Promise<void> {
  return until(() => {
    for (const service of SERVICES) {
      const anchor = secrets.get(anchorAccount(service, store.meta.profileId()));
      for (const { entryHash } of store.chains.ends(service)) expect(anchor).toContain(entryHash);
    }
  });
}
