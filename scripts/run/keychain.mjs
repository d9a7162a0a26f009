import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { capture, tail } from '../lib/child.mjs';
import { StepError } from '../lib/step-error.mjs';
import { startHelper } from './helper.mjs';

/** How long the service may take until it answers. */
const READY_TIMEOUT_MS = 30_000;

/** How often it is asked meanwhile. */
const POLL_MS = 30;

/**
 * Starts GNOME's keychain service with a keychain of its own, open and with an empty password, on the given session bus.
 *
 * @param {import('../lib/child.mjs').Run} run
 * @param {object} options
 * @param {NodeJS.ProcessEnv} options.env names the session bus
 * @param {string} options.folder where the keychain's file is kept; never the user's own
 * @param {string} options.controlFolder a private folder for the service's sockets
 * @returns {Promise<import('node:child_process').ChildProcess>} resolves once the service answers and its keychain is open
 * @throws {StepError} where it does not
 */
export async function startKeychain(run, { env, folder, controlFolder }) {
  const control = join(controlFolder, 'keyring-control');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await mkdir(control, { mode: 0o700 });
  const args = [
    '--foreground',
    '--unlock',
    '--components=secrets',
    `--control-directory=${control}`,
  ];
  const child = startHelper(run, 'gnome-keyring-daemon', args, {
    env: {
      ...env,
      HOME: folder,
      XDG_DATA_HOME: join(folder, 'data'),
      XDG_RUNTIME_DIR: controlFolder,
    },
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let errors = '';
  child.stderr?.on('data', (chunk) => (errors = `${errors}${chunk}`.slice(-2000)));
  child.on('error', (error) => (errors += error.message));
  child.stdin?.on('error', () => {});
  child.stdin?.end('\n');
  const deadlineMs = Date.now() + READY_TIMEOUT_MS;
  while (!(await isOpen(run, env))) {
    if (
      child.exitCode !== null ||
      child.signalCode !== null ||
      child.pid === undefined ||
      Date.now() > deadlineMs
    ) {
      throw new StepError('Keychain', `the keychain service did not start.\n${tail(errors)}`);
    }
    await pause(POLL_MS, undefined, { signal: run.signal });
  }
  return child;
}

/**
 * @param {import('../lib/child.mjs').Run} run
 * @param {NodeJS.ProcessEnv} env names the session bus
 * @returns {Promise<boolean>} whether the default keychain exists and is not locked
 */
async function isOpen(run, env) {
  const question = [
    'org.freedesktop.DBus.Properties.Get',
    'string:org.freedesktop.Secret.Collection',
    'string:Locked',
  ];
  const target = ['--dest=org.freedesktop.secrets', '/org/freedesktop/secrets/aliases/default'];
  const answer = await capture(
    run,
    'dbus-send',
    ['--session', '--print-reply=literal', ...target, ...question],
    { env },
  );
  return answer.code === 0 && /boolean false/.test(answer.stdout);
}
