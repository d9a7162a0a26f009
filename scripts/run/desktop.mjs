import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { findDisplay, findSessionBus } from './desktop-found.mjs';
import { startKeychain } from './keychain.mjs';
import { endLeftOvers, RUN_ID } from './left-overs.mjs';
import { startSessionBus } from './session-bus.mjs';
import { startVirtualDisplay } from './virtual-display.mjs';

/**
 * @typedef {object} Desktop what a program with a window is given
 * @property {NodeJS.ProcessEnv} env the environment to start it with
 * @property {boolean} virtualDisplay whether its windows are on a display that nobody sees
 * @property {boolean} privateKeychain whether it uses a keychain of its own instead of the user's
 */

/**
 * Runs work inside a desktop session: a display, a session bus and a keychain service. Whatever is started for that is ended
 * again, also when the work fails or the user stops it. On macOS and Windows the session is always the user's own.
 *
 * @template T
 * @param {import('../lib/child.mjs').Run} run
 * @param {object} options
 * @param {'virtual' | 'existing-or-virtual'} options.display
 * @param {'private' | 'existing-or-private'} options.keychain
 * @param {string} [options.keychainFolder] where a private keychain keeps its file; by default a temporary folder
 * @param {(desktop: Desktop) => Promise<T>} work
 * @returns {Promise<T>} what the work returned
 * @throws {StepError} where the session cannot be started, and whatever the work throws
 */
export async function withDesktop(run, options, work) {
  const { display, keychain, keychainFolder } = options;
  if (process.platform !== 'linux')
    return await work({ env: process.env, virtualDisplay: false, privateKeychain: false });
  const runId = randomUUID();
  const env = { ...process.env };
  const virtualDisplay = display === 'virtual' || !(await findDisplay(env));
  const privateKeychain = keychain === 'private' || !findSessionBus(env);
  /** @type {import('node:child_process').ChildProcess[]} */
  const helpers = [];
  const folder = await mkdtemp(join(tmpdir(), 'sayso-desktop-'));
  try {
    if (virtualDisplay) {
      const started = await startVirtualDisplay(run, folder);
      helpers.push(started.child);
      useVirtualDisplay(env, started);
    }
    if (privateKeychain) {
      const bus = await startSessionBus(run, folder);
      helpers.push(bus.child);
      env.DBUS_SESSION_BUS_ADDRESS = bus.address;
      // Chromium asks the system's services about power and network; here nobody answers, whatever this machine is doing.
      env.DBUS_SYSTEM_BUS_ADDRESS = bus.address;
      helpers.push(
        await startKeychain(run, { env, folder: keychainFolder ?? folder, controlFolder: folder }),
      );
    }
    // Only what the work starts carries the id: the helpers above are ended by name of their own.
    return await work({ env: { ...env, [RUN_ID]: runId }, virtualDisplay, privateKeychain });
  } finally {
    await endLeftOvers(runId);
    for (const child of helpers.reverse()) await run.keeper.end(child);
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * @param {NodeJS.ProcessEnv} env changed in place
 * @param {{ display: string, authority: string }} started
 */
function useVirtualDisplay(env, { display, authority }) {
  env.DISPLAY = display;
  env.XAUTHORITY = authority;
  // Chromium would prefer the user's Wayland session if it knew of one.
  delete env.WAYLAND_DISPLAY;
  env.XDG_SESSION_TYPE = 'x11';
}
