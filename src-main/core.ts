import { randomBytes } from 'node:crypto';
import { v7 as uuidV7 } from 'uuid';
import { createAccount } from './account/index.js';
import { createApiClient, createClosableFetch, withOptOutHeader } from './api/index.js';
import { createChangeWatch, createServerDate, createTrustedClock } from './clock/index.js';
import { createConsent } from './consent/index.js';
import { createAddresses, type Addresses } from './core-addresses.js';
import { createLife, type CoreLife } from './core-life.js';
import type { CoreParts } from './core-parts.js';
import { createCoreSync } from './core-sync.js';
import { newDeviceKey, sha256 } from './crypto/index.js';
import { hashHandle, newHandle, newRandomId, sha256Hex } from './fingerprints.js';
import { createDevice, createForgetful } from './device/index.js';
import { createFactsReader, createGate, createGateExport, type Gate } from './gate/index.js';
import { createHistory } from './history/index.js';
import { createPolicies } from './policy/index.js';
import type { HandlerParts } from './ipc/index.js';
import { createLedger } from './ledger/index.js';
import { createServiceViews } from './service-view.js';
import { answerWordsIn, createSessions } from './session/index.js';
import { createTelling } from './telling.js';
import { placeOf, report } from './unforeseen.js';
import { createVaults, newVaultKey } from './vault/index.js';
import { createUnsent, type UnsentCounts } from './unsent.js';

/** Everything that works without a window: decisions, policies, sessions and sync, wired together. */
export type Core = Omit<HandlerParts, 'snapshot' | 'answerQuit' | 'chooseLanguage' | 'openSite'> &
  CoreLife & {
    readonly services: readonly string[];
    readonly gate: Gate;
    readonly meta: Pick<CoreParts['store']['meta'], 'optOutSignal'>;
    /** Where the pages of a service are; null when there is no usable profile under that id. */
    readonly siteOf: Addresses['siteOf'];
    /** Tells the windows of every service that is not as they were last told. */
    tell(): void;
    /** Tells the windows of every service again, as after another language was chosen. */
    retell(): void;
    /** What quitting now would leave behind unsent. */
    readonly unsentAtQuit: UnsentCounts['atQuit'];
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
  const tell = createTelling(
    parts.firstView?.services ?? [],
    (service) => serviceView(service),
    parts.onServiceChanged,
  );
  const whileOpen = (work: () => void) => (): void => {
    if (store.isOpen()) work();
  };
  const nextTurn = (work: () => void): void => void setImmediate(whileOpen(work));
  const afterAnswer = (work: () => void): void => {
    (parts.afterAnswer ?? setImmediate)(whileOpen(work));
  };
  const changed = (service: string): void => {
    // First of all: what may not act any more stops before anybody is told.
    gate.follow(service);
    account.changed(service);
    tell(service);
    ledger.written(service);
    // Nobody waits for what may run out some day.
    afterAnswer(() => {
      watch.check();
    });
  };
  const clock = createTrustedClock({
    wallMs: parts.nowMs,
    sinceBootMs: parts.sinceBootMs,
    read: () => store.meta.newestTimeMs(),
    write: (ms) => {
      store.meta.setNewestTimeMs(ms);
    },
    soon: afterAnswer,
  });
  const isSuspect = (service: string): boolean => store.meta.suspect(service) !== null;
  const addresses = createAddresses(profiles, server);
  const { baseAddressOf, siteOf } = addresses;

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
    wayOf: addresses.browserWayOf,
    openInBrowser: parts.openInBrowser ?? (() => Promise.resolve(false)),
    fetch: network.fetch,
    startTimer: parts.startTimer,
    sha256,
    answerWords: () => answerWordsIn(parts.lang()),
  });
  const consent = createConsent({
    store,
    profiles,
    policies,
    nowMs: parts.nowMs,
    trustedNowMs: clock.nowMs,
    clockOffsetMs: () => serverDate.offsetMs(clock.offsetMs()),
    isSuspect,
    shownBefore: parts.firstView?.screens,
    randomBytes,
    signerOf: (service) => sessions.signerOf(service),
    deciding: (service, said) => gate.deciding(service, said),
    newDecisionId: () => uuidV7(),
    onChange: (service, cause) => {
      // What was said is answered first; everybody else hears of it after that.
      const begin = cause === 'press' ? afterAnswer : nextTurn;
      begin(() => {
        changed(service);
        if (cause !== 'view') sync.wake(service);
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
    sha256,
    onChange: changed,
    wake: (service) => {
      sync.wake(service);
    },
  });
  const sync = createCoreSync({
    parts,
    services,
    addresses,
    api,
    clock,
    policies,
    sessions,
    account,
    consent,
    ledger,
    isSuspect,
    changed,
  });
  const history = createHistory({
    store,
    profiles,
    currentText: (service) => policies.current(service)?.text ?? null,
    nowMs: parts.nowMs,
    askWhere: parts.askWhereToSave,
    askWhat: parts.askWhatToOpen ?? (() => Promise.resolve(null)),
    ...(parts.printPage ? { printPage: parts.printPage } : {}),
    lang: parts.lang,
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
    sessions: { view: (service) => account.view(service), browser: sessions.browser },
    sync,
    ledger,
    clock,
  });
  const unsent = createUnsent(store, profiles);
  const forgetful = createForgetful({
    store,
    gate,
    sessions,
    account,
    ledger,
    consent,
    sync,
    services,
    startTimer: parts.startTimer,
  });
  const device = createDevice({
    store,
    keychain: parts.keychain,
    gate,
    services,
    policyOf: (service) => policies.current(service)?.text,
    unsent: (service) => unsent.of(service).waiting + store.parting.count(service),
    forgetful,
  });
  const watch = createChangeWatch({
    services,
    nextChangeMs: (service) => consent.nextChangeMs(service),
    nowMs: clock.nowMs,
    startTimer: parts.startWatchTimer,
    onDue: changed,
  });

  const life = createLife({
    ...parts,
    services,
    policies,
    sessions,
    account,
    forgetful,
    gate,
    ledger,
    clock,
    watch,
    network,
    sync,
  });

  return {
    services,
    policies,
    consent,
    sessions,
    account,
    gate,
    gateExport: createGateExport({
      gate,
      services,
      nowMs: parts.nowMs,
      askWhere: parts.askWhereToSave,
      newId: newRandomId,
    }),
    device,
    meta: store.meta,
    siteOf,
    sync,
    history,
    ledger,
    serviceView,
    tell: () => {
      services.forEach(tell);
    },
    retell: () => {
      services.forEach(changed);
      sync.wakeAll();
    },
    unsent: unsent.of,
    unsentAtQuit: unsent.atQuit,
    ...life,
  };
}
