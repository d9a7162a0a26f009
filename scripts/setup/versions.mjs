import { capture, describeEnding, tail } from '../lib/child.mjs';
import { StepError } from '../lib/step-error.mjs';

/** @typedef {{ electronVersion: string, nodeApi: number }} Versions version of Electron, and of the Node-API it offers */

/** Starting Electron as plain Node takes well below a second; a minute means that it hangs. */
const TIMEOUT_MS = 60_000;

/**
 * Starts an Electron as plain Node and asks what it is: the cheapest proof that the executable and the system libraries it
 * needs are there.
 *
 * @param {import('../lib/child.mjs').Run} run
 * @param {string} executable
 * @returns {Promise<Versions>}
 * @throws {StepError} where it does not start
 */
export async function askVersions(run, executable) {
  const question =
    'console.log(JSON.stringify({ electronVersion: process.versions.electron, nodeApi: Number(process.versions.napi) }))';
  const answer = await capture(run, executable, ['-e', question], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    timeoutMs: TIMEOUT_MS,
  });
  if (answer.code === 0) return JSON.parse(answer.stdout);
  throw new StepError(
    'Electron',
    `${executable} does not start: ${describeEnding(answer)}\n${tail(answer.stderr)}`,
    'If a shared library is named above, install the package that contains it.',
  );
}
