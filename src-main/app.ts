import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, net, session as sessions, type Session } from 'electron';
import { readDeepLink } from '../src-shared/deep-link.js';
import type { QuitAnswer, QuitWaiting } from '../src-shared/ipc-contract.js';
import type { ProfileProblem } from '../src-shared/manifest.js';
import { failed } from '../src-shared/result.js';
import type { AppView, FatalView, KeychainView } from '../src-shared/views.js';
import { afterAnswer } from './after-answer.js';
import { readArguments } from './arguments.js';
import { createCore, type Core } from './core.js';
import { newRandomId } from './fingerprints.js';
import { fatalViewOf } from './fatal.js';
import type { AnswerCall } from './early-calls.js';
import type { FirstView } from './first-view/index.js';
import { createKeychainReturn } from './keychain-return.js';
import type { Language } from './language.js';
import { later } from './later.js';
import { createAnswers, createFatalHandlers, createHandlers } from './ipc/index.js';
import { openedAtFirst } from './opened-at-first.js';
import { readProfiles } from './policy/index.js';
import type { ProfileFolder } from './profile-folder.js';
import { createBootClock, createUptime } from './clock/index.js';
import { checkInWorker } from './ledger/index.js';
import { openInBrowser } from './open-in-browser.js';
import { openKeychain } from './open-keychain.js';
import { markDamaged, openProfile } from './open-profile.js';
import { startTimer } from './start-timer.js';
import type { Store } from './store/index.js';
import { createSites, type Sites } from './site/index.js';
import { turn } from './turn.js';
import { usageAdapter } from './usage/index.js';
import { askWhatToOpen, askWhereToSave, printPage, type Windows } from './window/index.js';

/** The folder that holds `out` and `resources`, however the app was started: by its folder, its file or from an archive. */
const root = fileURLToPath(new URL('../..', import.meta.url));

/** The app as far as the window and the system have to do with it. */
export interface StartedApp {
  readonly answer: AnswerCall;
  /** The person is back: the machine woke up, or a window is looked at again. */
  onReturn(): void;
  /** Somebody handed a link to Sayso: it opens a page of a known service, or leads nowhere. */
  followLink(link: string): void;
  /** What quitting now would leave behind unsent. */
  unsentAtQuit(): readonly QuitWaiting[];
  /** What may take time: keychain, network, the check of the whole ledger. Not before the window shows something. */
  begin(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * The composition root: builds the parts and wires them, from what is on the disk. The window is already opening meanwhile;
 * what it asks is answered as soon as this is done.
 * @param language what the window speaks.
 * @param foreign takes the sessions of windows on services' own pages.
 * @param firstView what the page was shown already; null: it waits.
 * @param answerQuit told what a window says to the question before quitting.
 */
export async function startApp(
  profile: ProfileFolder,
  windows: Windows,
  answerQuit: (answer: QuitAnswer) => void,
  language: Language,
  foreign: WeakSet<Session>,
  firstView: FirstView | null,
): Promise<StartedApp> {
  const args = readArguments({
    switchValue: (name) => app.commandLine.getSwitchValue(name),
    environment: process.env,
    isPackaged: app.isPackaged,
  });
  let keychainView: KeychainView = 'unknown';
  let core = null as Core | null;
  let fatal: FatalView | null = null;
  let setAside: string | null = null;

  const read = await readProfiles(path.join(root, 'resources', 'services'), app.getVersion());
  await turn();
  const opened = openedAtFirst(
    read.profiles.map(({ manifest }) => manifest.id),
    args.service,
  );
  const snapshot = (): AppView => ({
    fatal,
    version: app.getVersion(),
    lang: language.current(),
    chosenLang: language.chosen(),
    opened,
    policy: opened === null ? null : (core?.policies.view(opened) ?? null),
    services: core ? core.services.flatMap((service) => core?.serviceView(service) ?? []) : [],
    problems: read.problems,
    keychain: keychainView,
    setAside,
  });

  let sites: Sites | null = null;
  /** The services that were last seen with an account. */
  const signedIn = new Set(
    firstView?.services.flatMap(({ id, subject }) => (subject.kind === 'signed-out' ? [] : [id])),
  );

  const file = path.join(profile.folder, 'sayso.db');
  // In memory and without cookies: the network knows nothing of the window, and leaves nothing on the disk.
  const network = sessions.fromPartition('sayso-network', { cache: false });
  network.setSpellCheckerLanguages([]);
  const keychainRead = createKeychainReturn(() => core?.keychainReturned());
  const build = (store: Store): Core => {
    const built = createCore({
      store,
      read,
      firstView,
      fetch: (url, init) => network.fetch(url, init),
      keychain: openKeychain({
        startTimer,
        onReading: (state) => {
          keychainView = state;
          windows.send('keychain.changed', state);
          keychainRead(state);
        },
      }),
      lang: () => language.current(),
      server: args.server,
      deviceName: DEVICE_NAMES[process.platform] ?? process.platform,
      nowMs: () => Date.now(),
      sinceBootMs: createBootClock(
        createUptime(),
        () => performance.now(),
        () => Date.now(),
      ),
      random: () => Math.random(),
      startTimer,
      startWatchTimer: startTimer,
      afterAnswer,
      beforeCheck: () => later(CHECK_AFTER_MS),
      checkWhole: (checked) => checkInWorker(new URL('check-worker.js', import.meta.url), checked),
      onUnreadable: () => {
        markDamaged(file);
      },
      openInBrowser,
      isInFront: () => windows.isInFront(),
      isOnline: () => net.isOnline(),
      askWhereToSave,
      askWhatToOpen,
      printPage,
      // A session of its own: cookies of one would otherwise be cookies of the other.
      toolFetch: (url, init) => {
        const tools = sessions.fromPartition('sayso-tools', { cache: false });
        tools.setSpellCheckerLanguages([]);
        return tools.fetch(url, init);
      },
      adapters: [usageAdapter],
      onGateCounted: (service) => {
        windows.send('gate.changed', { service });
      },
      onServiceChanged: (view) => {
        if (view.subject.kind === 'signed-out' && signedIn.delete(view.id)) {
          // What its pages have stored goes with the session, and so does what the window remembers of the account: a fresh page
          // shows how things stand. The old one is not told: it would offer fields whose content goes with it a moment later.
          void sites?.clear(view.id);
          windows.renew();
          return;
        }
        windows.send('service.changed', view);
        if (view.subject.kind !== 'signed-out') signedIn.add(view.id);
      },
      onSyncChanged: (service) => {
        windows.send('sync.changed', { service });
      },
    });
    built.settle();
    // What the window will ask for first has to be readable.
    for (const service of built.services) built.serviceView(service);
    return built;
  };
  const database = openProfile(file, newRandomId, Date.now, build, (store) => {
    for (const { manifest } of read.profiles) forgetSecretsLater(store, manifest.id);
  });
  if (database.ok) {
    core = database.value.value;
    const { gate, siteOf, meta } = core;
    sites = createSites({
      gate,
      siteOf,
      sendsSignal: (service) => meta.optOutSignal(service),
      foreign,
      icon: path.join(root, 'resources', 'icons', '128x128.png'),
      script: path.join(root, 'out', 'preload', 'site.cjs'),
      nowMs: Date.now,
      onStored: (service) => {
        windows.send('gate.changed', { service });
      },
    });
    core.device.useSites(sites);
    setAside = database.value.setAside;
  } else {
    fatal = fatalViewOf(database.error, file);
    process.stderr.write(
      `Sayso cannot use this profile: ${fatal.code} (${file}). Nothing was changed.\n`,
    );
  }

  if (firstView) {
    // As a rule it was the same, and nobody hears anything.
    if (core && setAside === null && sameProblems(firstView.problems, read.problems)) core.tell();
    else windows.renew();
  }
  language.follow(() => {
    windows.send('language.changed', { lang: language.current(), chosen: language.chosen() });
    core?.retell();
  });

  return {
    answer: createAnswers({
      isOurs: (event) => windows.isOurs(event),
      handlers: core
        ? createHandlers({
            ...core,
            snapshot,
            answerQuit,
            openSite: (service) =>
              sites?.open(service) ?? Promise.resolve(failed({ code: 'unknown-service' })),
            chooseLanguage: (lang) => {
              language.choose(lang);
            },
          })
        : createFatalHandlers(snapshot),
      onUnexpected: (call, error) => {
        process.stderr.write(
          `${call} failed: ${error instanceof Error ? (error.stack ?? error.message) : 'unknown'}\n`,
        );
      },
    }),
    onReturn() {
      core?.look();
      void core?.tryKeychainAgain(false);
      core?.sync.wakeAll();
    },
    followLink(link) {
      const target = readDeepLink(link);
      if (target && core?.services.includes(target.service))
        windows.send('app.navigate', { service: target.service, page: target.page });
      else windows.send('link.refused', {});
    },
    unsentAtQuit: () => core?.unsentAtQuit() ?? [],
    begin: async () => core?.begin(),
    stop: async () => {
      await sites?.stop();
      await core?.stop();
    },
  };
}

/** The check of a long history takes a processor for a while: not while the window is still being painted. */
const CHECK_AFTER_MS = 2000;

/** The token and the anchor of a database that was put aside stand for nothing any more. */
function forgetSecretsLater(store: Store, service: string): void {
  store.meta.setTokenMayRemain(service, true);
  store.meta.setAnchorVoid(service, true);
}

const DEVICE_NAMES: Readonly<Record<string, string>> = {
  darwin: 'Mac',
  linux: 'Linux',
  win32: 'Windows',
};

function sameProblems(shown: readonly ProfileProblem[], found: readonly ProfileProblem[]): boolean {
  return JSON.stringify(shown) === JSON.stringify(found);
}
