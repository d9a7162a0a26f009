import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { firstLine, startHelper } from './helper.mjs';

/**
 * A session bus that starts nothing on demand: services started by a bus are nobody's children and would stay behind.
 *
 * @param {string} folder where its socket goes
 * @returns {string} content of a configuration file
 */
function configuration(folder) {
  return `<busconfig>
  <type>session</type>
  <listen>unix:dir=${encodeURI(folder)}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`;
}

/**
 * Starts a private D-Bus session bus.
 *
 * @param {import('../lib/child.mjs').Run} run
 * @param {string} folder a private folder for its socket
 * @returns {Promise<{ child: import('node:child_process').ChildProcess, address: string }>}
 * @throws {StepError} where it does not start
 */
export async function startSessionBus(run, folder) {
  const file = join(folder, 'session-bus.conf');
  await writeFile(file, configuration(folder));
  const args = [
    `--config-file=${file}`,
    '--nofork',
    '--nopidfile',
    '--nosyslog',
    '--print-address=1',
  ];
  const child = startHelper(run, 'dbus-daemon', args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const address = await firstLine(
    run,
    child,
    /** @type {import('node:stream').Readable} */ (child.stdout),
    'Session bus',
  );
  return { child, address };
}
