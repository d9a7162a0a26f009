import { randomBytes } from 'node:crypto';
import { v7 as uuidV7 } from 'uuid';
import { createAccount } from './account/index.js';
import { createApiClient, createClosableFetch, withOptOutHeader } from './api/index.js';
import {
  createChangeWatch,
  createServerDate,
  createTrustedClock,
  takeProvenTime,
} from './clock/index.js';
import { createConsent } from './consent/index.js';
import type { CoreParts } from './core-parts.js';
import { newDeviceKey } from './crypto/index.js';
import { hashHandle, newHandle, newRandomId, sha256Hex } from './fingerprints.js';
import { createFactsReader, createGate, type Gate } from './gate/index.js';
import { createHistory } from './history/index.js';
import { createPolicies } from './policy/index.js';
import type { HandlerParts } from './ipc/index.js';
import { createLedger, createProofs } from './ledger/index.js';
import { createServiceViews } from './service-view.js';
import { createSessions } from './session/index.js';
import { createNetworkWatch, createSync } from './sync/index.js';
import { placeOf, report } from './unforeseen.js';
import { createVaults, newVaultKey } from './vault/index.js';
import { createUnsent, type UnsentCounts } from './unsent.js';

/** Everything that works without a window: decisions, policies, sessions and sync, wired together. */
export type Core = Omit<HandlerParts, 'snapshot' | 'answerQuit' | 'sites'> & {
  readonly services: readonly string[];
  readonly gate: Gate;
  readonly meta: Pick<CoreParts['store']['meta'], 'optOutSignal'>;
  /** Where the pages of a service are; null when there is no usable profile under that id. */
  readonly siteOf: (service: string) => string | null;
  /** What quitting now would leave behind unsent. */
  readonly unsentAtQuit: UnsentCounts['atQuit'];
  /** Finishes what a crash cut short; to be called before anything is shown. */
  settle(): void;
  /** Asks the keychain for anchors and kept sessions, begins to sync and checks the whole ledger. */
  begin(): Promise<void>;
  /** Looks whether something has run out meanwhile: after a sleep, and when the window is looked at again. */
  look(): void;
  stop(): Promise<void>;
};

export function createCore(parts: CoreParts): Core {
  const { store, read, server } = parts;
  const { profiles } = read;
  const services = profiles.map(({ manifest }) => manifest.id);
  const optedOut = (): boolean => services.some((service) => store.meta.optOutSignal(service));
  const network = createClosableFetch(withOptOutHeader(parts.fetch, optedOut));
  const serverDate = createServerDate({ wallMs: parts.nowMs, sinceBootMs: parts.sinceBootMs });
  const api = createApiClient(network.fetch, {
    nowMs: parts.nowMs,
    onDate: (serverMs) => {
      serverDate.heard(serverMs);
    },
  });
  /** What windows were last told of each service, so that they are not told twice. */
  const told = new Map<string, string>();
  const changed = (service: string): void => {
    // First of all: what may not act any more stops before anybody is told.
    gate.follow(service);
    account.changed(service);
    const view = serviceView(service);
    const text = JSON.stringify(view);
    if (view && told.get(service) !== text) {
      told.set(service, text);
      parts.onServiceChanged(view);
    }
    ledger.written(service);
    // Not before the press is answered: nobody waits for what may run out some day.
    setImmediate(() => {
      if (store.isOpen()) watch.check();
    });
  };
  const clock = createTrustedClock({
    wallMs: parts.nowMs,
    sinceBootMs: parts.sinceBootMs,
    read: () => store.meta.newestTimeMs(),
    write: (ms) => {
      store.meta.setNewestTimeMs(ms);
    },
  });
  const isSuspect = (service: string): boolean => store.meta.suspect(service) !== null;
  const manifestOf = (service: string) =>
    profiles.find((profile) => profile.manifest.id === service)?.manifest;

  const baseAddressOf = (service: string): string | null => {
    const manifest = manifestOf(service);
    if (!manifest) return null;
    return server === null ? manifest.baseAddress : `${server}/${manifest.id}`;
  };

  const policies = createPolicies({
    profiles,
    store,
    lang: parts.lang,
    nowMs: clock.nowMs,
    sha256Hex,
  });
  const vaults = createVaults(store);
  const sessions = createSessions({
    store,
    api,
    keychain: parts.keychain,
    deviceName: parts.deviceName,
    nowMs: parts.nowMs,
    newHandle,
    newDeviceKey,
    newVaultKey,
    vaults,
    hashHandle,
    baseAddressOf,
    onChange: changed,
  });
  const consent = createConsent({
    store,
    profiles,
    policies,
    nowMs: parts.nowMs,
    trustedNowMs: clock.nowMs,
    clockOffsetMs: () => serverDate.offsetMs(clock.offsetMs()),
    isSuspect,
    randomBytes,
    signerOf: (service) => sessions.signerOf(service),
    deciding: (service, said) => gate.deciding(service, said),
    newDecisionId: () => uuidV7(),
    onChange: (service, cause) => {
      // The press is answered first; everybody else hears of it right after.
      setImmediate(() => {
        if (!store.isOpen()) return;
        changed(service);
        if (cause === 'decision') sync.wake(service);
      });
    },
  });
  const ledger = createLedger({
    store,
    keychain: parts.keychain,
    services,
    nowMs: parts.nowMs,
    checkWhole: parts.checkWhole,
    signOut: (service) =>
      store.sessions.get(service) ? sessions.signOut(service) : Promise.resolve(),
    onUnreadable: parts.onUnreadable,
    onChange: changed,
  });
  const siteOf = (service: string): string | null => {
    const manifest = manifestOf(service);
    if (!manifest) return null;
    if (server !== null) return `${server}/${manifest.id}/`;
    return manifest.site ?? new URL('/', manifest.baseAddress).href;
  };
  const gate = createGate({
    store,
    manifests: profiles.map(({ manifest }) => manifest),
    adapters: parts.adapters ?? [],
    facts: createFactsReader({ store, consent, sessions, ledger, clock }),
    baseAddressOf,
    siteOf,
    fetch: parts.toolFetch ?? (() => Promise.reject(new TypeError('there is no way out'))),
    newId: newRandomId,
    nowMs: parts.nowMs,
    startTimer: parts.startToolTimer ?? parts.startTimer,
    onUnexpected: (service, error) => {
      (parts.report ?? report)(`a tool of ${service} failed: ${placeOf(error)}`);
    },
    onCounted: (service) => parts.onGateCounted?.(service),
  });
  const account = createAccount({
    store,
    api,
    sessions,
    consent,
    vaults,
    ledger,
    services,
    deviceName: parts.deviceName,
    nowMs: parts.nowMs,
    newHandle,
    hashHandle,
    onChange: changed,
    wake: (service) => {
      sync.wake(service);
    },
  });
  const sync = createSync(
    {
      store,
      api,
      sessions: { ...sessions, rejected: (service, reason) => account.rejected(service, reason) },
      policies,
      proofs: createProofs(store, (service) => manifestOf(service)?.baseAddress ?? null),
      isSuspect,
      onProvenTime: (serverMs, fresh) => {
        const onChange = () => services.forEach(changed);
        takeProvenTime({ clock, store, onChange }, serverMs, fresh);
      },
      onFork: (service) => {
        ledger.doubt(service, 'forked');
      },
      sinceBootMs: parts.sinceBootMs,
      startTimer: parts.startTimer,
      random: parts.random,
      isInFront: parts.isInFront,
      baseAddressOf,
      nowMs: parts.nowMs,
      startSilenceTimer: parts.startSilenceTimer ?? parts.startTimer,
      onUnexpected: (service, error) => {
        (parts.report ?? report)(`sync of ${service} failed: ${placeOf(error)}`);
      },
      onChange: changed,
      onDetail: (service) => {
        parts.onSyncChanged?.(service);
        account.look(service);
        const isAway = services.some((id) => sync.view(id).problem === 'no-network');
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
  const history = createHistory({
    store,
    profiles,
    currentText: (service) => policies.current(service)?.text ?? null,
    nowMs: parts.nowMs,
    askWhere: parts.askWhereToSave,
    newId: newRandomId,
    onErased: (service) => {
      changed(service);
      sync.wake(service);
    },
  });
  const serviceView = createServiceViews({
    profiles,
    policies,
    consent,
    sessions: { view: (service) => account.view(service) },
    sync,
    ledger,
    clock,
  });
  const unsent = createUnsent(store, profiles);
  const watch = createChangeWatch({
    services,
    nextChangeMs: (service) => consent.nextChangeMs(service),
    nowMs: clock.nowMs,
    startTimer: parts.startWatchTimer,
    onDue: changed,
  });

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
      });
    return recovering;
  };

  return {
    services,
    policies,
    consent,
    sessions,
    account,
    gate,
    meta: store.meta,
    siteOf,
    sync,
    history,
    ledger,
    serviceView,
    unsent: unsent.of,
    unsentAtQuit: unsent.atQuit,
    settle: () => {
      // What was there is looked at before anything else is written.
      ledger.start();
      sessions.settle();
      account.settle();
      policies.keepShipped();
    },
    async begin() {
      watch.start();
      sync.wakeAll();
      await unlock();
      await parts.beforeCheck();
      await ledger.check();
    },
    look: () => {
      watch.check();
      // A clock that was put back makes nothing due, and closes all the same.
      if (store.isOpen()) services.forEach((service) => gate.follow(service));
    },
    async tryKeychainAgain(mayAsk) {
      const before = parts.keychain.state();
      if (before === 'unknown' || before === 'available') return before;
      const now = await parts.keychain.tryAgain(mayAsk);
      // Also where only trying tells: what still is in the way is found by it, and then said.
      if (now !== before || mayAsk) await unlock();
      return parts.keychain.state();
    },
    async stop() {
      gate.stop();
      network.close();
      watch.stop();
      await sync.stop();
      // A run that was cut short may just have found the network gone.
      networkWatch?.stop();
      sessions.endUnremembered();
      clock.stop();
      await ledger.stop();
      store.close();
    },
  };
}
