import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { rootFolder } from '../lib/paths.mjs';

/** Where Debian and Fedora put it. */
const LAUNCHERS = ['/usr/libexec/at-spi-bus-launcher', '/usr/lib/at-spi2-core/at-spi-bus-launcher'];
/** The system's own Python: the packages of another one do not have the system's modules. */
const PYTHON = '/usr/bin/python3';

/** @typedef {{ role: string, name: string, states: string[] }} Control */

/**
 * Starts the accessibility bus and a reader of it.
 *
 * @returns {Promise<{ read: () => Promise<Control[]>, stop: () => void } | string>} or what is missing here
 */
export async function startReader() {
  const launcher = LAUNCHERS.find((one) => existsSync(one));
  if (!launcher) return 'at-spi2-core is not installed';
  if (!existsSync(PYTHON)) return `there is no ${PYTHON}`;
  const bus = spawn(launcher, ['--launch-immediately'], { stdio: 'ignore' });
  const script = join(rootFolder(), 'scripts', 'at-spi', 'read.py');
  const python = spawn(PYTHON, [script], { stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  python.stderr.setEncoding('utf8').on('data', (part) => (said += part));
  python.stdin.on('error', () => {});
  const stop = () => {
    python.kill();
    bus.kill();
  };
  const lines = createInterface({ input: python.stdout })[Symbol.asyncIterator]();
  const read = async () => {
    python.stdin.write('\n');
    const { value, done } = await lines.next();
    if (done) throw new Error(`the reader has ended\n${said}`);
    return JSON.parse(value);
  };
  try {
    await read();
  } catch (error) {
    stop();
    if (said.includes("'pyatspi'")) return 'python3-pyatspi is not installed';
    throw error;
  }
  return { read, stop };
}
