import { rmSync } from 'node:fs';
import { app } from 'electron';
import { startApp } from './app.js';
import { readArguments } from './arguments.js';
import { prepareProfileFolder } from './profile-folder.js';
import { declarePageScheme, lockDownContents } from './window/index.js';

const args = readArguments({
  switchValue: (name) => app.commandLine.getSwitchValue(name),
  environment: process.env,
  isPackaged: app.isPackaged,
});
const profile = prepareProfileFolder(args.userDataFolder ?? app.getPath('userData'));
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
  void app.whenReady().then(() => startApp(args, profile));
}

/** Best effort: Chromium's other processes may still write there, and a throw in here would hold the app open in a dialog. */
function removeTemporary(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  } catch (error) {
    process.stderr.write(`left behind: ${folder} (${String(error)})\n`);
  }
}
