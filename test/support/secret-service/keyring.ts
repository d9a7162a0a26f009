import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { until } from '../client/until.js';
import { ended, type PrivateBus } from './private-bus.js';

/** What opens the keychain; sent whole, line end and all. */
const PASSWORD = '\n';
const ROOT = '/org/freedesktop/secrets';

/** GNOME's keychain service on a private bus, with a keychain of its own. */
export interface Keyring {
  /** Locks what was open. */
  lock(): void;
  /** Opens it again, as signing in to the desktop does. */
  unlock(): Promise<void>;
  /** Stops it where it is, so that it answers nothing from now on. */
  freeze(): void;
  thaw(): void;
  /** Ends it in the middle of whatever it is doing. */
  kill(): Promise<void>;
}

/**
 * Starts the service and waits until it answers.
 * @param folder where the keychain's file is kept; the same folder has the same secrets.
 * @param isOpen whether its keychain is unlocked; otherwise it has none yet, or one that is locked.
 */
export async function startKeyring(
  bus: PrivateBus,
  folder: string,
  { isOpen = true } = {},
): Promise<Keyring> {
  const control = path.join(folder, 'control');
  mkdirSync(control, { recursive: true, mode: 0o700 });
  const child = spawn(
    'gnome-keyring-daemon',
    [
      '--foreground',
      '--components=secrets',
      `--control-directory=${control}`,
      ...(isOpen ? ['--unlock'] : []),
    ],
    {
      env: {
        ...process.env,
        DBUS_SESSION_BUS_ADDRESS: bus.address,
        HOME: folder,
        XDG_DATA_HOME: path.join(folder, 'data'),
        XDG_RUNTIME_DIR: folder,
      },
      stdio: ['pipe', 'ignore', 'ignore'],
    },
  );
  const gone = once(child, 'exit');
  child.stdin.end(PASSWORD);
  await until(() => {
    if (child.exitCode !== null) throw new Error('the keychain service ended by itself');
    if (!bus.hasSecrets()) throw new Error('the keychain service is not there yet');
    if (isOpen && !isUnlocked(bus)) throw new Error('its keychain is still locked');
  });
  return {
    lock() {
      const path = `array:objpath:${ROOT}/collection/login`;
      bus.call(ROOT, 'org.freedesktop.Secret.Service.Lock', path);
    },
    unlock: () => unlockThrough(path.join(control, 'control')),
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    kill: () => ended(child, gone, 'SIGKILL'),
  };
}

/**
 * Sends the password over the service's own control socket: a zero byte, then length, operation 1 ("unlock") and
 * the password, numbers big-endian (gnome-keyring, daemon/control).
 */
async function unlockThrough(socketPath: string): Promise<void> {
  const socket = connect({ path: socketPath });
  const password = Buffer.from(PASSWORD);
  const packet = Buffer.alloc(12 + password.length);
  packet.writeUInt32BE(packet.length, 0);
  packet.writeUInt32BE(1, 4);
  packet.writeUInt32BE(password.length, 8);
  password.copy(packet, 12);
  socket.write(Buffer.from([0]));
  socket.write(packet);
  const [answer] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  if (answer.readUInt32BE(4) !== 0) throw new Error('the keychain service did not unlock');
}

function isUnlocked(bus: PrivateBus): boolean {
  const asked = ['string:org.freedesktop.Secret.Collection', 'string:Locked'];
  const collection = `${ROOT}/aliases/default`;
  const answer = bus.call(collection, 'org.freedesktop.DBus.Properties.Get', ...asked);
  return answer.includes('boolean false');
}
