import type { Account } from './account/index.js';
import type { ApiClient } from './api/index.js';
import { takeProvenTime, type TrustedClock } from './clock/index.js';
import type { Addresses } from './core-addresses.js';
import type { Consent } from './consent/index.js';
import type { CoreParts } from './core-parts.js';
import { createProofs, type Ledger } from './ledger/index.js';
import type { Policies } from './policy/index.js';
import type { Sessions } from './session/index.js';
import { createNetworkWatch, createSync, type Sync } from './sync/index.js';
import { placeOf, report } from './unforeseen.js';

interface Rooms {
  readonly parts: CoreParts;
  readonly services: readonly string[];
  readonly addresses: Addresses;
  readonly api: ApiClient;
  readonly clock: TrustedClock;
  readonly policies: Policies;
  readonly sessions: Sessions;
  readonly account: Account;
  readonly consent: Pick<Consent, 'arrive'>;
  readonly ledger: Ledger;
  readonly isSuspect: (service: string) => boolean;
  readonly changed: (service: string) => void;
}

/** Sync with everything around it; it also looks for the network while that is away. */
export function createCoreSync(rooms: Rooms): Sync {
  const { parts, services, addresses, clock, account, changed } = rooms;
  const { store } = parts;
  const sync = createSync(
    {
      store,
      api: rooms.api,
      sessions: {
        ...rooms.sessions,
        rejected: (service, reason) => account.rejected(service, reason),
      },
      policies: rooms.policies,
      proofs: createProofs(store, (id) => addresses.manifestOf(id)?.baseAddress ?? null),
      isSuspect: rooms.isSuspect,
      onProvenTime: (serverMs, fresh) => {
        const onChange = () => services.forEach(changed);
        takeProvenTime({ clock, store, onChange }, serverMs, fresh);
      },
      onFork: (service) => {
        rooms.ledger.doubt(service, 'forked');
      },
      sinceBootMs: parts.sinceBootMs,
      startTimer: parts.startTimer,
      random: parts.random,
      isInFront: parts.isInFront,
      baseAddressOf: (service) => addresses.baseAddressOf(service),
      nowMs: parts.nowMs,
      startSilenceTimer: parts.startSilenceTimer ?? parts.startTimer,
      onUnexpected: (service, error) => {
        (parts.report ?? report)(`sync of ${service} failed: ${placeOf(error)}`);
      },
      onChange: (service) => {
        // What comes in may be what the account decided before this sign-in.
        rooms.consent.arrive(service);
        changed(service);
      },
      onDetail: (service) => {
        parts.onSyncChanged?.(service);
        account.look(service);
        const isAway = services.some((id) => sync.isAway(id));
        if (isAway) networkWatch?.watch();
        else networkWatch?.stop();
      },
    },
    services,
  );
  const networkWatch =
    parts.isOnline === undefined
      ? null
      : createNetworkWatch({
          isOnline: parts.isOnline,
          startTimer: parts.startWatchTimer,
          onOnline: () => {
            sync.wakeAll();
          },
        });
  return {
    ...sync,
    async stop() {
      await sync.stop();
      // A run that was cut short may just have found the network gone.
      networkWatch?.stop();
    },
  };
}
