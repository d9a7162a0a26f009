import { join } from 'node:path';
import { exitCodeOf, runChild } from './lib/child.mjs';
import { runEntry } from './lib/entry.mjs';
import { rootFolder, stateFolder } from './lib/paths.mjs';
import { say } from './lib/say.mjs';
import { findDisplay, findSessionBus } from './run/desktop-found.mjs';
import { withDesktop } from './run/desktop.mjs';
import { electronArguments } from './run/electron-arguments.mjs';
import { withLocalServer } from './run/local-server.mjs';
import { prepareApp } from './run/prepare.mjs';
import { sayWhich } from './setup/electron.mjs';

/** Kept between starts: the app would otherwise find its own stored data without the keys to it. */
const keychainFolder = join(stateFolder(), 'keychain');

/** Sets up, builds, starts the reference server and the app, and ends the server when the app has ended. */
await runEntry(async (run) => {
  const display = (await findDisplay(process.env)) ? [] : /** @type {const} */ (['display']);
  const keychain = findSessionBus(process.env) ? [] : /** @type {const} */ (['keychain']);
  const electron = await prepareApp(run, [...display, ...keychain]);
  sayWhich(electron);
  const kind = /** @type {const} */ ({
    display: 'existing-or-virtual',
    keychain: 'existing-or-private',
  });
  return await withDesktop(
    run,
    { ...kind, keychainFolder },
    async ({ env, virtualDisplay, privateKeychain }) => {
      if (virtualDisplay) say('no display: running under a virtual one, so no window will be seen');
      if (privateKeychain) say(`no session bus: using a keychain of its own in ${keychainFolder}`);
      /** @param {string} server */
      const runApp = async (server) => {
        const ending = await runChild(
          run,
          electron.executablePath,
          electronArguments(['.', ...process.argv.slice(2)], env),
          {
            cwd: rootFolder(),
            env: { ...env, SAYSO_SERVER: server },
            stdio: 'inherit',
            // Out of the terminal's reach: on Ctrl-C the app is asked to end once, by us, and not twice at the same time.
            detached: process.platform !== 'win32',
          },
        );
        return exitCodeOf(ending);
      };
      const given = process.env.SAYSO_SERVER;
      if (given) {
        say(`server ${given} (from SAYSO_SERVER)`);
        return await runApp(given);
      }
      return await withLocalServer(run, async ({ url, logFile }) => {
        say(`server ${url} (reference server; its log is ${logFile})`);
        return await runApp(url);
      });
    },
  );
});
