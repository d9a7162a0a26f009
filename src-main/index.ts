import { rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, ipcMain, powerMonitor, screen, session, type Session } from 'electron';
import type { QuitAnswer } from '../src-shared/ipc-contract.js';
import firstLoaders from '../src-shared/text/generated/load-first.js';
import nativeLoaders from '../src-shared/text/generated/load-native.js';
import { loadSentences } from '../src-shared/text/load.js';
import type { StartedApp } from './app.js';
import { listenEarly } from './early-calls.js';
import { createFirstSnapshot, loadFirstView } from './first-view/index.js';
import { createLanguage } from './language.js';
import { leaveOutUnneeded } from './leaner-chromium.js';
import { listenForLinks, type Links } from './links.js';
import { later } from './later.js';
import { lookUpNothingUnasked } from './name-rules.js';
import { prepareProfileFolder } from './profile-folder.js';
import { stopInOrder } from './quit.js';
import { createMemory } from './remembered.js';
import { startTimer } from './start-timer.js';
import { turn } from './turn.js';
import {
  createAskedFiles,
  createQuitQuestion,
  createWindows,
  declarePageScheme,
  followPlace,
  installMenu,
  lockDownContents,
  lockDownSession,
  openMainWindow,
  openingAt,
  servePage,
} from './window/index.js';

/** The folder that holds `out` and `resources`, however the app was started: by its folder, its file or from an archive. */
const root = fileURLToPath(new URL('../..', import.meta.url));

lookUpNothingUnasked(app.commandLine);
leaveOutUnneeded(app.commandLine, process.platform);

/** A folder that holds this profile and nothing else, else the system's usual place. */
const givenFolder = app.commandLine.getSwitchValue('user-data-dir');
const profile = prepareProfileFolder(givenFolder || app.getPath('userData'));
app.setPath('userData', profile.usedFolder);
app.setPath('sessionData', profile.usedFolder);

const memory = createMemory(path.join(profile.usedFolder, 'window.json'));
const language = createLanguage(memory, app.commandLine.getSwitchValue('lang') || null, () =>
  app.getPreferredSystemLanguages(),
);

/** Sessions of windows on services' own pages. */
const foreign = new WeakSet<Session>();

if (!app.requestSingleInstanceLock()) {
  process.stderr.write('Sayso is already open with this profile; its window comes to the front.\n');
  app.exit(0);
} else {
  declarePageScheme();
  lockDownContents(app, (contents) => foreign.has(contents.session));
  if (profile.isTemporary) {
    app.on('quit', () => {
      removeTemporary(profile.usedFolder);
    });
  }
  const links = listenForLinks(app, process.argv);
  void app.whenReady().then(() => open(links));
}

/** Far beyond what a page takes to ask for its files; the rest of the app starts then all the same. */
const LONGEST_WAIT_FOR_PAGE_MS = 1000;

/** What takes time begins when the page, once loaded, has had so long to be drawn. */
const DRAWING_MS = 300;

/**
 * Opens the window first: its processes start while the rest of the app is loaded and the database is opened. What the page
 * asks meanwhile is answered right after.
 */
async function open(links: Links): Promise<void> {
  let started: StartedApp | null = null;
  const onReturn = (): void => started?.onReturn();
  const question = createQuitQuestion({
    waiting: () => started?.unsentAtQuit() ?? [],
    canShow: () => windows.isUsable(),
    show: (waiting) => {
      windows.show();
      windows.send('quit.asked', { waiting });
    },
    quit: () => {
      app.quit();
    },
    startTimer,
  });
  const windows = createWindows(onReturn, () => !question.put());
  const pages = session.fromPartition('sayso-window', { cache: false });
  lockDownSession(pages);
  const asked = createAskedFiles(() => later(LONGEST_WAIT_FOR_PAGE_MS));
  servePage(pages, path.join(root, 'out', 'renderer'), asked);
  const firstView = asked.once('.html').then(() =>
    loadFirstView(new URL('first-view.js', import.meta.url), {
      file: path.join(profile.folder, 'sayso.db'),
      services: path.join(root, 'resources', 'services'),
      version: app.getVersion(),
      lang: language.current(),
      asked: app.commandLine.getSwitchValue('service'),
    }),
  );
  const first = createFirstSnapshot(
    firstView,
    (event) => windows.isOurs(event),
    (view) => ({
      opened: view.opened,
      policy: view.policy,
      services: view.services,
      problems: view.problems,
      fatal: null,
      version: app.getVersion(),
      lang: language.current(),
      chosenLang: language.chosen(),
      keychain: 'unknown',
      setAside: null,
    }),
  );
  let noteDrawn = (): void => undefined;
  const drawn = new Promise<void>((resolve) => {
    noteDrawn = resolve;
  });
  const load = async (): Promise<StartedApp> => {
    // Loading and starting hold this thread up, which answers the page. Where what the page shows first was read ahead, all of it
    // waits until the page has that; else no more of it happens before the page has asked for its script than there is time for,
    // and its other files come in between.
    if (await firstView) await Promise.race([drawn, later(LONGEST_WAIT_FOR_PAGE_MS)]);
    else await asked.once('.js');
    const { startApp } = await import('./app.js');
    await turn();
    const answerQuit = (answer: QuitAnswer): void => {
      question.answer(answer);
    };
    return startApp(profile, windows, answerQuit, language, foreign, first.end());
  };
  const loading = load();
  listenEarly(
    ipcMain,
    first,
    loading.then(({ answer }) => answer),
    (name) => {
      if (name === 'app.drawn') noteDrawn();
    },
  );
  const window = openMainWindow({
    session: pages,
    lang: language.current(),
    preload: path.join(root, 'out', 'preload', 'index.cjs'),
    icon: path.join(root, 'resources', 'icons', '128x128.png'),
    opening: openingAt(
      memory.read().place,
      screen.getAllDisplays().map(({ workArea }) => workArea),
    ),
    devTools: !app.isPackaged,
  });
  followPlace(
    window,
    (place) => {
      memory.keep({ place });
    },
    startTimer,
  );
  const install = async (): Promise<void> => {
    const [{ native: text }, { rail }] = await Promise.all([
      loadSentences(nativeLoaders, language.current()),
      loadSentences(firstLoaders, language.current()),
    ]);
    installMenu({
      isMac: process.platform === 'darwin',
      text,
      rail,
      onPage: (page) => {
        windows.send('app.navigate', { service: null, page });
      },
      onPress: (item) => {
        windows.send('menu.pressed', { item });
      },
      onQuit: () => {
        if (!question.put()) app.quit();
      },
    });
  };
  void install();
  language.follow(() => void install());
  windows.add(window);
  app.on('second-instance', () => {
    windows.show();
  });
  powerMonitor.on('resume', onReturn);
  // A system that shuts down waits for nobody, and what is stopping already has nothing left to ask.
  powerMonitor.on('shutdown', () => {
    question.drop();
  });
  window.on('query-session-end', () => {
    question.drop();
  });
  const stopping = new AbortController();
  stopInOrder(async () => {
    stopping.abort();
    question.drop();
    return (await loading).stop();
  });
  const shown = new Promise<void>((resolve) => {
    window.webContents.once('did-finish-load', () => {
      resolve();
    });
  });
  started = await loading;
  await shown;
  const running = started;
  links.follow((link) => {
    running.followLink(link);
  });
  await later(DRAWING_MS);
  if (!stopping.signal.aborted) await started.begin();
}

/** Best effort: Chromium's other processes may still write there, and a throw in here would hold the app open in a dialog. */
function removeTemporary(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  } catch (error) {
    process.stderr.write(`left behind: ${folder} (${String(error)})\n`);
  }
}
