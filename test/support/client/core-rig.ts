import path from 'node:path';
import { createCore, type Core } from '../../../src-main/core.js';
import type { Fetch } from '../../../src-main/api/index.js';
import type { ToolAdapter } from '../../../src-main/gate/index.js';
import type { FirstView } from '../../../src-main/first-view/index.js';
import { createHandlers, type CallHandlers } from '../../../src-main/ipc/index.js';
import { createKeychainReturn } from '../../../src-main/keychain-return.js';
import { createKeychain } from '../../../src-main/secrets/index.js';
import { checkDatabase, type Store } from '../../../src-main/store/index.js';
import type { ServiceProfile } from '../../../src-shared/manifest.js';
import type { PurposeState } from '../../../src-shared/consent/effective-state.js';
import type { AppView, ServiceView } from '../../../src-shared/views.js';
import { fixtureProfile } from '../fixtures/service-profile.js';
import { manualTimers, type ManualTimers } from './manual-timers.js';
import type { MemoryKeychain } from './memory-keychain.js';
import { mustOpen } from './open-store.js';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** What a rig is made of; what is left out is the plainest that works. */
export interface RigParts {
  readonly folder: string;
  readonly fetch: Fetch;
  readonly server: string;
  readonly keychain: MemoryKeychain;
  /** `sinceBootMs` is the clock nobody can set; left out, it goes with the other. */
  readonly clock: { nowMs: number; sinceBootMs?: number };
  readonly profiles?: readonly ServiceProfile[];
  /** By which the service files are known again; left out: something is wrong with one. */
  readonly fingerprint?: string;
  /** What the window was shown already; left out: nothing. */
  readonly firstView?: FirstView | null;
  /** Told of every view that goes to the window. */
  readonly onServiceChanged?: (view: ServiceView) => void;
  /** The tools there are, and what they go out by. */
  readonly adapters?: readonly ToolAdapter[];
  readonly toolFetch?: Fetch;
  /** Has done what follows the answer to a press; left out: in the next turn. */
  readonly afterAnswer?: (work: () => void) => void;
  /** The system's browser; left out: there is none. */
  readonly openInBrowser?: (address: string) => Promise<boolean>;
}

/** The whole client without a window, on a real file, driven through the same handlers as by a window. */
export interface Rig {
  readonly core: Core;
  readonly store: Store;
  readonly handlers: CallHandlers;
  readonly file: string;
  /** The timers of sync; those of the keychain are `keychainTimers`. */
  readonly timers: ManualTimers;
  readonly keychainTimers: ManualTimers;
  /** Those that end a stream of news which has fallen silent. */
  readonly silenceTimers: ManualTimers;
  /** The timer that looks whether something has run out. */
  readonly watchTimers: ManualTimers;
  /** Those of tools, and that of the gate's counts. */
  readonly toolTimers: ManualTimers;
  /** What was reported as unforeseen, line by line. */
  readonly reported: readonly string[];
  /** Where the person saves a file; null: they think better of it. */
  saveTo: string | null;
  /** The file the person opens; null: they think better of it. */
  openFrom: string | null;
  view(service?: string): ServiceView;
  /** The states of the optional purposes by id. */
  states(service?: string): Record<string, PurposeState>;
  /** Whether neither `stop` nor `crash` was called. */
  isOpen(): boolean;
  /** Closes as the app does when it quits. */
  stop(): Promise<void>;
  /** Leaves everything where it is, as a crash does: what was under way never goes on, and the file is let go of. */
  crash(): Promise<void>;
}

/** Opens the file, settles what a crash left, as `app.ts` does; `begin` is the test's to call. */
export function openRig(parts: RigParts): Rig {
  const { folder, fetch, server, keychain, clock, profiles } = parts;
  const file = path.join(folder, 'sayso.db');
  const store = mustOpen(file);
  let open = true;
  const keychainRead = createKeychainReturn(() => {
    core.keychainReturned();
  });
  let crashed = false;
  // Nothing ever comes to a client that crashed, no failure either; one that was stopped has cut its requests short itself.
  const whileOpen: Fetch = async (url, init) => {
    try {
      return await fetch(url, init);
    } finally {
      if (crashed || (!open && !init.signal?.aborted)) await new Promise(() => undefined);
    }
  };
  const timers = manualTimers();
  const keychainTimers = manualTimers();
  const silenceTimers = manualTimers();
  const reported: string[] = [];
  const watchTimers = manualTimers();
  const toolTimers = manualTimers();
  const core = createCore({
    store,
    read: {
      profiles: profiles ?? [fixtureProfile('alpha'), fixtureProfile('beta')],
      problems: [],
      fingerprint: parts.fingerprint ?? null,
    },
    firstView: parts.firstView ?? null,
    fetch: whileOpen,
    keychain: createKeychain({
      load: () => Promise.resolve(keychain.library),
      startTimer: keychainTimers.startTimer,
      onReading: (state) => {
        keychainRead(state);
      },
    }),
    lang: () => 'en',
    server,
    deviceName: 'Test',
    nowMs: () => clock.nowMs,
    sinceBootMs: () => clock.sinceBootMs ?? clock.nowMs,
    random: () => 0.5,
    startTimer: timers.startTimer,
    report: (line) => void reported.push(line),
    startSilenceTimer: silenceTimers.startTimer,
    startWatchTimer: watchTimers.startTimer,
    startToolTimer: toolTimers.startTimer,
    adapters: parts.adapters ?? [],
    ...(parts.afterAnswer ? { afterAnswer: parts.afterAnswer } : {}),
    ...(parts.openInBrowser ? { openInBrowser: parts.openInBrowser } : {}),
    ...(parts.toolFetch ? { toolFetch: parts.toolFetch } : {}),
    beforeCheck: () => Promise.resolve(),
    checkWhole: checkDatabase,
    onUnreadable: () => undefined,
    askWhereToSave: () => Promise.resolve(rig.saveTo),
    askWhatToOpen: () => Promise.resolve(rig.openFrom),
    printPage: (html) => Promise.resolve(new TextEncoder().encode(html)),
    isInFront: () => true,
    onServiceChanged: parts.onServiceChanged ?? (() => undefined),
  });
  core.settle();
  const view = (service = 'alpha'): ServiceView => {
    const found = core.serviceView(service);
    if (!found) throw new Error(`no such service: ${service}`);
    return found;
  };
  const snapshot = (): AppView => {
    throw new Error('no test asks for the whole window');
  };
  const rig: Rig = {
    core,
    store,
    handlers: createHandlers({
      ...core,
      snapshot,
      answerQuit: () => undefined,
      chooseLanguage: () => undefined,
    }),
    file,
    timers,
    keychainTimers,
    silenceTimers,
    watchTimers,
    toolTimers,
    reported,
    saveTo: null,
    openFrom: null,
    view,
    states: (service = 'alpha') =>
      Object.fromEntries(
        view(service)
          .purposes.filter(({ kind }) => kind === 'optional')
          .map(({ id, state }) => [id, state]),
      ),
    isOpen: () => open,
    stop() {
      open = false;
      return core.stop();
    },
    async crash() {
      open = false;
      crashed = true;
      await turn();
      await turn();
      store.close();
    },
  };
  return rig;
}
