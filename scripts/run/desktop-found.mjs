import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';

/**
 * Whether the environment names a display that is there. A variable left over from a session that has ended (in `tmux`, over
 * `ssh`) would only make Electron fail later.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<boolean>}
 */
export async function findDisplay(env) {
  if (
    env.WAYLAND_DISPLAY &&
    env.XDG_RUNTIME_DIR &&
    (await answers(join(env.XDG_RUNTIME_DIR, env.WAYLAND_DISPLAY)))
  )
    return true;
  if (!env.DISPLAY) return false;
  const local = /^(?:unix)?:(\d+)(?:\.\d+)?$/.exec(env.DISPLAY);
  // A display on another machine cannot be asked without its protocol: believe it.
  if (!local) return true;
  const socket = `/tmp/.X11-unix/X${local[1]}`;
  return (await answers(socket)) || (await answers(`\0${socket}`));
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {boolean} whether there is a session bus, named outright or in its usual place
 */
export function findSessionBus(env) {
  if (env.DBUS_SESSION_BUS_ADDRESS) return true;
  return Boolean(env.XDG_RUNTIME_DIR) && existsSync(join(env.XDG_RUNTIME_DIR ?? '', 'bus'));
}

/**
 * @param {string} path of a Unix socket; an abstract one begins with a zero character
 * @returns {Promise<boolean>} whether somebody listens there
 */
function answers(path) {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
