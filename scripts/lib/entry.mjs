import { constants } from 'node:os';
import { createKeeper } from './keeper.mjs';
import { say } from './say.mjs';
import { StepError } from './step-error.mjs';

/** The signals by which a person or a terminal stops a command. */
const STOP_SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/** How often it is checked whether npm is still there. */
const PARENT_POLL_MS = 500;

/**
 * Ends this process when the npm that runs it is gone. npm starts scripts through a shell, and a shell that is told to end
 * does not tell its child: without this, whoever stops `npm start` by a signal would leave the app and the server behind.
 */
function endWithNpm() {
  if (!process.env.npm_lifecycle_event || process.platform === 'win32') return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, PARENT_POLL_MS);
  timer.unref();
}

/** Thrown out of whatever is being waited for when the user stops the command. */
class Stopped extends Error {
  /** @param {NodeJS.Signals} signalName */
  constructor(signalName) {
    super(`stopped by ${signalName}`);
    this.exitCode = 128 + constants.signals[signalName];
  }
}

/**
 * Runs a command's main function: turns its result into the exit code, shows what went wrong, passes on the wish to stop,
 * and leaves no process behind. A second wish to stop ends everything by force.
 *
 * @param {(run: import('./child.mjs').Run & { handOver: () => void }) => Promise<number | void>} main returns the exit
 *   code; `handOver` gives the handling of signals to code that lives on in this process, such as the server
 * @returns {Promise<void>} settles when the command is done; it never rejects
 */
export async function runEntry(main) {
  const keeper = createKeeper();
  const stop = new AbortController();
  /** @param {NodeJS.Signals} signalName */
  const onSignal = (signalName) => {
    if (!stop.signal.aborted) return stop.abort(new Stopped(signalName));
    keeper.killNow();
    process.exit(128 + constants.signals[signalName]);
  };
  const handOver = () => STOP_SIGNALS.forEach((name) => process.off(name, onSignal));
  STOP_SIGNALS.forEach((name) => process.on(name, onSignal));
  process.on('exit', keeper.killNow);
  endWithNpm();
  try {
    const code = await main({ keeper, signal: stop.signal, handOver });
    if (typeof code === 'number') process.exitCode = code;
    if (code === undefined) return;
  } catch (error) {
    process.exitCode = error instanceof Stopped ? error.exitCode : 1;
    say(
      error instanceof StepError || error instanceof Stopped
        ? error.message
        : String(/** @type {any} */ (error)?.stack ?? error),
    );
  }
  await keeper.endAll();
  handOver();
}
