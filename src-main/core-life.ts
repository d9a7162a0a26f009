import type { Account } from './account/index.js';
import type { ChangeWatch, TrustedClock } from './clock/index.js';
import type { CoreParts } from './core-parts.js';
import type { Forgetful } from './device/index.js';
import type { Gate } from './gate/index.js';
import type { HandlerParts } from './ipc/index.js';
import type { Ledger } from './ledger/index.js';
import type { Policies } from './policy/index.js';
import type { Sessions } from './session/index.js';
import type { Sync } from './sync/index.js';

/** How everything that works without a window begins, goes on and ends. */
export interface CoreLife extends Pick<HandlerParts, 'tryKeychainAgain'> {
  /** Finishes what a crash cut short; to be called before anything is shown. */
  settle(): void;
  /** Asks the keychain for anchors and kept sessions, begins to sync and checks the whole ledger. */
  begin(): Promise<void>;
  /** The keychain answers again: what waited for it is taken up. */
  keychainReturned(): void;
  /** Looks whether something has run out meanwhile: after a sleep, and when the window is looked at again. */
  look(): void;
  stop(): Promise<void>;
}

interface Rooms extends Pick<CoreParts, 'store' | 'read' | 'keychain' | 'beforeCheck'> {
  readonly services: readonly string[];
  readonly policies: Policies;
  readonly sessions: Sessions;
  readonly account: Account;
  readonly forgetful: Pick<Forgetful, 'finish'>;
  readonly gate: Gate;
  readonly ledger: Ledger;
  readonly clock: TrustedClock;
  readonly watch: ChangeWatch;
  readonly network: { close(): void };
  readonly sync: Sync;
}

export function createLife(rooms: Rooms): CoreLife {
  const { store, keychain, services, sessions, account, gate, ledger, watch, sync } = rooms;
  let recovering: Promise<void> = Promise.resolve();
  /** Takes up what waited for the keychain: anchors to compare with, and sessions to unlock or to end. */
  const unlock = (): Promise<void> => {
    recovering = recovering
      .catch(() => undefined)
      .then(async () => {
        // One at a time, and one that came to grief does not keep the next from trying.
        if (!store.isOpen()) return;
        await ledger.compare();
        await sessions.unlock(services, (service) => {
          sync.wake(service);
        });
        await account.finish();
        await rooms.forgetful.finish();
      });
    return recovering;
  };
  return {
    settle() {
      // What was there is looked at before anything else is written.
      ledger.start();
      sessions.settle();
      account.settle();
      rooms.policies.keepShipped();
      const { fingerprint } = rooms.read;
      if (fingerprint !== null && store.meta.soundServices() !== fingerprint) {
        // Where the disk does not take it, the next start looks at them once more.
        store.commit(() => {
          store.meta.setSoundServices(fingerprint);
        });
      }
    },
    async begin() {
      watch.start();
      sync.wakeAll();
      await unlock();
      await rooms.beforeCheck();
      await ledger.check();
    },
    keychainReturned: () => void unlock(),
    look() {
      watch.check();
      // A clock that was put back makes nothing due, and closes all the same.
      if (store.isOpen()) services.forEach((service) => gate.follow(service));
    },
    async tryKeychainAgain(mayAsk) {
      const before = keychain.state();
      if (before === 'unknown' || before === 'available') return before;
      const now = await keychain.tryAgain(mayAsk);
      // Also where only trying tells: what still is in the way is found by it, and then said.
      if (now !== before || mayAsk) await unlock();
      return keychain.state();
    },
    async stop() {
      gate.stop();
      sessions.browser.cancelAll();
      rooms.network.close();
      watch.stop();
      await sync.stop();
      sessions.endUnremembered();
      rooms.clock.stop();
      await ledger.stop();
      store.close();
    },
  };
}
