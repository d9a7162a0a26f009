import { rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, ipcMain, powerMonitor, session } from 'electron';
import type { StartedApp } from './app.js';
import { listenEarly } from './early-calls.js';
import { prepareProfileFolder } from './profile-folder.js';
import { stopInOrder } from './quit.js';
import {
  createWindows,
  declarePageScheme,
  installMenu,
  lockDownContents,
  lockDownSession,
  openMainWindow,
  servePage,
} from './window/index.js';

/** The folder that holds `out` and `resources`, however the app was started: by its folder, its file or from an archive. */
const root = fileURLToPath(new URL('../..', import.meta.url));

/** A folder that holds this profile and nothing else, else the system's usual place. */
const givenFolder = app.commandLine.getSwitchValue('user-data-dir');
const profile = prepareProfileFolder(givenFolder || app.getPath('userData'));
app.setPath('userData', profile.usedFolder);
app.setPath('sessionData', profile.usedFolder);

if (!app.requestSingleInstanceLock()) {
  process.stderr.write('Sayso is already open with this profile; its window comes to the front.\n');
  app.exit(0);
} else {
  declarePageScheme();
  lockDownContents(app);
  if (profile.isTemporary) {
    app.on('quit', () => {
      removeTemporary(profile.usedFolder);
    });
  }
  void app.whenReady().then(() => open());
}

/**
 * Opens the window first: its processes start while the rest of the app is loaded and the database is opened. What the page
 * asks meanwhile is answered right after.
 */
async function open(): Promise<void> {
  let started: StartedApp | null = null;
  const onReturn = (): void => started?.onReturn();
  const windows = createWindows(onReturn);
  const loading = import('./app.js').then(({ startApp }) => startApp(profile, windows));
  listenEarly(
    ipcMain,
    loading.then(({ answer }) => answer),
  );
  const pages = session.fromPartition('sayso-window', { cache: false });
  lockDownSession(pages);
  servePage(pages, path.join(root, 'out', 'renderer'));
  installMenu(process.platform === 'darwin');
  const window = openMainWindow({
    session: pages,
    preload: path.join(root, 'out', 'preload', 'index.cjs'),
    icon: path.join(root, 'resources', 'icons', 'icon.png'),
    devTools: !app.isPackaged,
  });
  windows.add(window);
  app.on('second-instance', () => {
    windows.show();
  });
  powerMonitor.on('resume', onReturn);
  stopInOrder(async () => (await loading).stop());
  const shown = new Promise<void>((resolve) => {
    window.webContents.once('did-finish-load', () => {
      resolve();
    });
  });
  started = await loading;
  await shown;
  await started.begin();
}

/** Best effort: Chromium's other processes may still write there, and a throw in here would hold the app open in a dialog. */
function removeTemporary(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  } catch (error) {
    process.stderr.write(`left behind: ${folder} (${String(error)})\n`);
  }
}
