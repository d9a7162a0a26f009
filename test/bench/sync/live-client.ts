import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { afterAnswer } from '../../../src-main/after-answer.js';
import type { Fetch } from '../../../src-main/api/index.js';
import { createCore, type Core } from '../../../src-main/core.js';
import { createHandlers, type CallHandlers } from '../../../src-main/ipc/index.js';
import { readProfiles } from '../../../src-main/policy/index.js';
import { createKeychain } from '../../../src-main/secrets/index.js';
import { checkDatabase, type Store } from '../../../src-main/store/index.js';
import type { ServiceView } from '../../../src-shared/views.js';
import { memoryKeychain } from '../../support/client/memory-keychain.js';
import { mustOpen } from '../../support/client/open-store.js';
import { SERVICE } from '../presser.js';

/** The whole client without a window, with the real clock, real timers and the real network. */
export interface LiveClient {
  readonly core: Core;
  readonly store: Store;
  readonly handlers: CallHandlers;
  /** Gives the network back, or takes it away with all that is under way on it; nobody is told. */
  setOnline(isOnline: boolean): void;
  view(): ServiceView;
  /** Settles as soon as `claim` holds after some change that the window would be told of. */
  whenSeen(claim: (view: ServiceView) => boolean): Promise<void>;
  stop(): Promise<void>;
}

const startTimer = (run: () => void, delayMs: number): (() => void) => {
  const timer = setTimeout(run, delayMs);
  return () => clearTimeout(timer);
};

/** Opens a client on a profile folder of its own. @param server whose path `/integro` is the service's address. */
export async function openLiveClient(folder: string, server: string): Promise<LiveClient> {
  mkdirSync(folder, { recursive: true });
  const store = mustOpen(path.join(folder, 'sayso.db'));
  const read = await readProfiles(path.resolve('resources', 'services'), '1.0.0');
  const watchers = new Set<(view: ServiceView) => void>();
  let isOnline = true;
  let cable = new AbortController();
  const fetchOnline: Fetch = (url, init) => {
    if (!isOnline) return Promise.reject(new TypeError('no network'));
    const signals = init.signal ? [init.signal, cable.signal] : [cable.signal];
    return fetch(url, { ...init, signal: AbortSignal.any(signals) });
  };
  const tellAll = (shown: ServiceView): void => {
    for (const tell of watchers) tell(shown);
  };
  const core = createCore({
    store,
    read: { ...read, profiles: read.profiles.filter(({ manifest }) => manifest.id === SERVICE) },
    fetch: fetchOnline,
    keychain: createKeychain({
      load: () => Promise.resolve(memoryKeychain().library),
      startTimer,
      onReading: () => undefined,
    }),
    lang: () => 'en',
    server,
    deviceName: 'Bench',
    nowMs: Date.now,
    sinceBootMs: () => performance.now(),
    random: Math.random,
    startTimer,
    startWatchTimer: startTimer,
    afterAnswer,
    beforeCheck: () => Promise.resolve(),
    checkWhole: checkDatabase,
    onUnreadable: () => undefined,
    askWhereToSave: () => Promise.resolve(null),
    isInFront: () => true,
    onServiceChanged: tellAll,
    onSyncChanged() {
      tellAll(view());
    },
  });
  core.settle();
  const view = (): ServiceView => {
    const found = core.serviceView(SERVICE);
    if (!found) throw new Error(`no such service: ${SERVICE}`);
    return found;
  };
  const client: LiveClient = {
    core,
    store,
    handlers: createHandlers({
      ...core,
      snapshot: () => {
        throw new Error('nobody asks for the whole window');
      },
      answerQuit: () => undefined,
      chooseLanguage: () => undefined,
    }),
    setOnline(now) {
      isOnline = now;
      if (now) cable = new AbortController();
      else cable.abort(new TypeError('no network'));
    },
    view,
    whenSeen: (claim) =>
      new Promise((seen) => {
        const look = (shown: ServiceView): void => {
          if (!claim(shown)) return;
          watchers.delete(look);
          seen();
        };
        watchers.add(look);
        look(view());
      }),
    stop: () => core.stop(),
  };
  await core.begin();
  return client;
}

/** Signs in, with an account made first where `create` says so. @throws Error with what went wrong. */
export async function signInAs(
  { handlers }: LiveClient,
  email: string,
  create: boolean,
): Promise<void> {
  const input = {
    service: SERVICE,
    email,
    password: 'correct horse battery',
    remember: false,
  };
  const outcome = await handlers[create ? 'session.createAccount' : 'session.signIn'](input);
  if (!outcome.ok) throw new Error(`no sign-in: ${JSON.stringify(outcome.error)}`);
}

/** Presses an answer on the screen as it stands. @throws Error where it was not kept. */
export function press(
  { handlers, view }: LiveClient,
  action: 'accept-all' | 'necessary-only',
): void {
  const input = {
    service: SERVICE,
    revision: view().revision,
    action,
    surface: 'settings',
    choices: {},
  } as const;
  const outcome = handlers['consent.decide'](input);
  if (outcome instanceof Promise) throw new Error('a decision is kept before it is answered');
  if (!outcome.ok) throw new Error(`not kept: ${JSON.stringify(outcome.error)}`);
}
