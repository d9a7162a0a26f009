import { rm } from 'node:fs/promises';
import type { DeviceFailure } from '../../src-shared/device-view.js';
import { failed, ok, type Result } from '../../src-shared/result.js';
import type { Account } from '../account/index.js';
import type { Consent } from '../consent/index.js';
import type { Gate } from '../gate/index.js';
import type { Ledger } from '../ledger/index.js';
import type { Sessions } from '../session/index.js';
import type { Store } from '../store/index.js';
import type { Sync } from '../sync/index.js';
import { copiesOf } from './set-aside-copies.js';

type Outcome = Promise<Result<null, DeviceFailure>>;

/** What has not reached the service gets this long to do so before it is deleted. */
export const DELIVER_WITHIN_MS = 5000;
const LOOK_EVERY_MS = 50;

interface Parts {
  readonly store: Store;
  readonly gate: Pick<Gate, 'deciding' | 'wake' | 'clearCounts'>;
  readonly sessions: Pick<Sessions, 'signOut'>;
  readonly account: Pick<Account, 'say'>;
  readonly ledger: Pick<Ledger, 'forget'>;
  readonly consent: Pick<Consent, 'forget'>;
  readonly sync: Pick<Sync, 'tryNow'>;
  readonly services: readonly string[];
  readonly startTimer: (run: () => void, delayMs: number) => () => void;
}

/** "Forget this service on this device". */
export interface Forgetful {
  forget(service: string): Outcome;
  /** Finishes what a crash cut short, once the keychain has been asked. */
  finish(): Promise<void>;
}

/**
 * Each step leaves less than the one before, and that it is wanted is on the disk first: a crash anywhere is finished at the
 * next start. (1) Everything optional closes, what tools keep goes. (2) The account is signed out. (3) Refusals, the end of the
 * session and "forget those batches" get a short while to reach the service. (4) Copies, the anchor, then every row goes.
 */
export function createForgetful(parts: Parts): Forgetful {
  const { store, gate, sessions, ledger, consent } = parts;

  const isDelivered = (service: string): boolean =>
    store.parting.count(service) === 0 &&
    store.revokeHandles.toSend(service).length === 0 &&
    store.toolBatches.toForget(service, 1).length === 0;
  const delivered = (service: string): Promise<void> =>
    new Promise((resolve) => {
      let leftMs = DELIVER_WITHIN_MS;
      const look = (): void => {
        if (!store.isOpen() || isDelivered(service) || leftMs <= 0) {
          resolve();
          return;
        }
        leftMs -= LOOK_EVERY_MS;
        parts.startTimer(look, LOOK_EVERY_MS);
      };
      look();
    });

  const rest = async (service: string): Outcome => {
    if (store.sessions.get(service)) {
      const left = await sessions.signOut(service);
      // Only what the disk did not take is a reason to stop; everything else is gone a moment later.
      if (!left.ok && left.error.code === 'not-saved') return failed(left.error);
    }
    if (!store.isOpen()) return ok(null);
    gate.wake(service);
    parts.sync.tryNow(service);
    await delivered(service);
    if (!store.isOpen()) return ok(null);
    gate.clearCounts(service);
    // Before the rows, among which is that it is wanted: without that no start would look for copies any more.
    for (const file of copiesOf(store.file, service)) await rm(file, { force: true });
    if (!store.isOpen()) return ok(null);
    const forgotten = await ledger.forget(service);
    return forgotten.ok ? ok(null) : failed({ code: 'not-saved', cause: forgotten.error });
  };

  return {
    async forget(service) {
      const deciding = gate.deciding(service, { denied: ['*'], granted: [] });
      const noted = store.commit(() => {
        store.meta.setForgetting(service);
        deciding.within();
      });
      if (!noted.ok) return failed({ code: 'not-saved', cause: noted.error });
      // Signing out brings a fresh page, which knows nothing of the press.
      const wasSignedIn = store.sessions.get(service) !== null;
      // Where nobody was, the page stays and says it itself; what it said of an earlier try is over.
      parts.account.say(service, wasSignedIn ? 'forgetting' : null);
      const outcome = await rest(service);
      if (wasSignedIn) parts.account.say(service, outcome.ok ? 'forgotten' : 'not-forgotten');
      if (!outcome.ok) return outcome;
      deciding.saved();
      if (store.isOpen()) consent.forget(service);
      return outcome;
    },
    async finish() {
      for (const service of parts.services) {
        if (store.isOpen() && store.meta.isForgetting(service)) await rest(service);
      }
    },
  };
}
