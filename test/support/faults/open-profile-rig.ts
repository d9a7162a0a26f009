import path from 'node:path';
import { createCore, type Core } from '../../../src-main/core.js';
import { newRandomId } from '../../../src-main/fingerprints.js';
import type { ToolAdapter } from '../../../src-main/gate/index.js';
import type { Fetch } from '../../../src-main/api/index.js';
import { createHandlers, type CallHandlers } from '../../../src-main/ipc/index.js';
import { markDamaged, openProfile } from '../../../src-main/open-profile.js';
import { createKeychain } from '../../../src-main/secrets/index.js';
import { checkDatabase, type OpenFailure, type Store } from '../../../src-main/store/index.js';
import type { ServiceProfile } from '../../../src-shared/manifest.js';
import type { AppView, ServiceView } from '../../../src-shared/views.js';
import { fixtureProfile } from '../fixtures/service-profile.js';
import { manualTimers } from '../client/manual-timers.js';
import type { KeychainLibrary } from '../../../src-main/secrets/types.js';
import { START_MS } from '../client/sample-decision.js';

/** The services of a profile under test. */
export const SERVICES = ['alpha', 'beta'];

/** A base address that no test asks: the network below says no. */
const NO_SERVER = 'http://127.0.0.1:9';

/** What a start of the app finds; what is left out is the plainest that works. */
export interface StartParts {
  readonly folder: string;
  readonly keychain: KeychainLibrary;
  readonly clock?: { nowMs: number };
  readonly fetch?: Fetch;
  readonly server?: string;
  /** Puts something between the app and its store. */
  readonly wrapStore?: (store: Store) => Store;
  /** Left out: two small services. */
  readonly profiles?: readonly ServiceProfile[];
  readonly openInBrowser?: (address: string) => Promise<boolean>;
  /** Where an export goes. */
  readonly exportTo?: () => string;
  /** The tools there are, and what they go out by; left out: none. */
  readonly adapters?: readonly ToolAdapter[];
  readonly toolFetch?: Fetch;
  /** Left out: timers that nobody lets run out. */
  readonly startTimer?: (run: () => void, delayMs: number) => () => void;
}

/** The app without a window, started as `app.ts` starts it: a database that cannot be used is put aside first. */
export interface StartedApp {
  readonly core: Core;
  readonly store: Store;
  readonly handlers: CallHandlers;
  readonly file: string;
  /** Where a database went that could not be used. */
  readonly setAside: string | null;
  view(service: string): ServiceView;
  stop(): Promise<void>;
}

/** @returns the app before `begin`, or why it shows nothing but the reason. */
export function startOn(parts: StartParts): StartedApp | OpenFailure {
  const file = path.join(parts.folder, 'sayso.db');
  const clock = parts.clock ?? { nowMs: START_MS };
  const build = (opened: Store): { core: Core; store: Store } => {
    const store = parts.wrapStore?.(opened) ?? opened;
    const core = createCore({
      store,
      read: {
        profiles: parts.profiles ?? SERVICES.map((id) => fixtureProfile(id)),
        problems: [],
        fingerprint: null,
      },
      fetch: parts.fetch ?? (() => Promise.reject(new TypeError('no network'))),
      keychain: createKeychain({
        load: () => Promise.resolve(parts.keychain),
        startTimer: manualTimers().startTimer,
        onReading: () => undefined,
      }),
      lang: () => 'en',
      server: parts.server ?? NO_SERVER,
      deviceName: 'Test',
      nowMs: () => clock.nowMs,
      sinceBootMs: () => clock.nowMs,
      random: () => 0.5,
      startTimer: parts.startTimer ?? manualTimers().startTimer,
      startWatchTimer: manualTimers().startTimer,
      beforeCheck: () => Promise.resolve(),
      checkWhole: checkDatabase,
      onUnreadable: () => {
        markDamaged(file);
      },
      ...(parts.adapters ? { adapters: parts.adapters } : {}),
      ...(parts.toolFetch ? { toolFetch: parts.toolFetch } : {}),
      ...(parts.openInBrowser ? { openInBrowser: parts.openInBrowser } : {}),
      askWhereToSave: () => Promise.resolve(parts.exportTo?.() ?? null),
      isInFront: () => true,
      onServiceChanged: () => undefined,
    });
    core.settle();
    for (const service of core.services) core.serviceView(service);
    return { core, store };
  };
  const opened = openProfile(
    file,
    newRandomId,
    () => clock.nowMs,
    build,
    (store) => {
      for (const service of SERVICES) {
        store.meta.setTokenMayRemain(service, true);
        store.meta.setAnchorVoid(service, true);
      }
    },
  );
  if (!opened.ok) return opened.error;
  const { core, store } = opened.value.value;
  const snapshot = (): AppView => {
    throw new Error('no test asks for the whole window');
  };
  return {
    core,
    store,
    file,
    handlers: createHandlers({
      ...core,
      snapshot,
      answerQuit: () => undefined,
      chooseLanguage: () => undefined,
    }),
    setAside: opened.value.setAside,
    view(service) {
      const found = core.serviceView(service);
      if (!found) throw new Error(`no such service: ${service}`);
      return found;
    },
    stop: () => core.stop(),
  };
}

/** The app on a profile that must open. */
export function mustStart(parts: StartParts): StartedApp {
  const started = startOn(parts);
  if ('code' in started) throw new Error(`does not start: ${JSON.stringify(started)}`);
  return started;
}

/** Presses one of the plain answers on the screen as it stands. */
export function pressOn(
  { handlers, view }: Pick<StartedApp, 'handlers' | 'view'>,
  service: string,
  action: 'accept-all' | 'necessary-only' | 'withdraw',
) {
  const { revision } = view(service);
  return handlers['consent.decide']({
    service,
    revision,
    action,
    surface: 'settings',
    choices: {},
  });
}
