import { uptime } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, ipcMain, powerMonitor, session as sessions } from 'electron';
import type { AppView, FatalView, KeychainView } from '../src-shared/views.js';
import { firstLanguage, type AppArguments } from './arguments.js';
import { createCore, newRandomId, type Core } from './core.js';
import { fatalViewOf } from './fatal.js';
import { createFatalHandlers, createHandlers, registerCalls } from './ipc/index.js';
import { readProfiles, type ReadProfiles } from './policy/index.js';
import type { ProfileFolder } from './profile-folder.js';
import { stopInOrder } from './quit.js';
import { createKeychain, type KeychainLibrary } from './secrets/index.js';
import { checkInWorker } from './ledger/index.js';
import { markDamaged, openProfile } from './open-profile.js';
import type { Store } from './store/index.js';
import {
  askWhereToSave,
  createWindows,
  installMenu,
  lockDownSession,
  openMainWindow,
  servePage,
} from './window/index.js';

/** The folder that holds `out` and `resources`, however the app was started: by its folder, its file or from an archive. */
const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * The composition root: builds the parts, wires them, shows the window, then begins what may take time. The window opens
 * from what is on the disk; keychain and network come after it.
 */
export async function startApp(args: AppArguments, profile: ProfileFolder): Promise<void> {
  const lang = firstLanguage([args.lang, ...app.getPreferredSystemLanguages()]);
  const windows = createWindows(() => {
    core?.look();
    core?.sync.wakeAll();
  });
  let keychainView: KeychainView = 'unknown';
  let core: Core | null = null;
  let fatal: FatalView | null = null;
  let setAside: string | null = null;

  const read = await readProfiles(path.join(root, 'resources', 'services'));
  const snapshot = (): AppView => ({
    fatal,
    version: app.getVersion(),
    lang,
    opened: openedAtFirst(read, args.service),
    services: core ? core.services.flatMap((service) => core?.serviceView(service) ?? []) : [],
    problems: read.problems,
    keychain: keychainView,
    setAside,
  });

  const file = path.join(profile.folder, 'sayso.db');
  // In memory and without cookies: the network knows nothing of the window, and leaves nothing on the disk.
  const network = sessions.fromPartition('sayso-network', { cache: false });
  network.setSpellCheckerLanguages([]);
  const build = (store: Store): Core => {
    const built = createCore({
      store,
      read,
      fetch: (url, init) => network.fetch(url, init),
      keychain: createKeychain({
        load: loadKeytar,
        startTimer,
        onReading: (works) => {
          keychainView = works ? 'available' : 'unavailable';
          windows.send('keychain.changed', keychainView);
        },
      }),
      lang,
      server: args.server,
      deviceName: DEVICE_NAMES[process.platform] ?? process.platform,
      nowMs: () => Date.now(),
      sinceBootMs: () => uptime() * 1000,
      random: () => Math.random(),
      startTimer,
      startWatchTimer: startTimer,
      checkWhole: (checked) => checkInWorker(new URL('check-worker.js', import.meta.url), checked),
      onUnreadable: () => {
        markDamaged(file);
      },
      isInFront: () => windows.isInFront(),
      askWhereToSave,
      onServiceChanged: (view) => {
        windows.send('service.changed', view);
      },
    });
    built.settle();
    // What the window will ask for first has to be readable.
    for (const service of built.services) built.serviceView(service);
    return built;
  };
  const opened = openProfile(file, newRandomId, Date.now, build, (store) => {
    for (const { manifest } of read.profiles) forgetSecretsLater(store, manifest.id);
  });
  if (opened.ok) {
    core = opened.value.value;
    setAside = opened.value.setAside;
  } else {
    fatal = fatalViewOf(opened.error, file);
    process.stderr.write(
      `Sayso cannot use this profile: ${fatal.code} (${file}). Nothing was changed.\n`,
    );
  }

  registerCalls({
    ipcMain,
    isOurs: (event) => windows.isOurs(event),
    handlers: core ? createHandlers({ ...core, snapshot }) : createFatalHandlers(snapshot),
    onUnexpected: (call, error) => {
      process.stderr.write(
        `${call} failed: ${error instanceof Error ? (error.stack ?? error.message) : 'unknown'}\n`,
      );
    },
  });

  const pages = sessions.fromPartition('sayso-window', { cache: false });
  lockDownSession(pages);
  servePage(pages, path.join(root, 'out', 'renderer'));
  installMenu(process.platform === 'darwin');
  windows.add(
    openMainWindow({
      session: pages,
      preload: path.join(root, 'out', 'preload', 'index.cjs'),
      icon: path.join(root, 'resources', 'icons', 'icon.png'),
      devTools: !app.isPackaged,
    }),
  );
  app.on('second-instance', () => {
    windows.show();
  });
  powerMonitor.on('resume', () => {
    core?.look();
    core?.sync.wakeAll();
  });
  stopInOrder(() => core?.stop());
  await core?.begin();
}

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

/** The service asked for, else Integro, else whichever there is. */
function openedAtFirst({ profiles }: ReadProfiles, asked: string | null): string | null {
  const ids = profiles.map(({ manifest }) => manifest.id);
  return [asked, 'integro', ids[0]].find((id) => id != null && ids.includes(id)) ?? null;
}

/** Loaded late, because it throws where the system has no keychain library, and a window must open all the same. */
async function loadKeytar(): Promise<KeychainLibrary> {
  const { default: keytar } = await import('keytar');
  return keytar;
}

function startTimer(run: () => void, delayMs: number): () => void {
  const timer = setTimeout(run, delayMs);
  return () => {
    clearTimeout(timer);
  };
}
