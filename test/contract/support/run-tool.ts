import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A command-line tool of node_modules that runs as a process of its own. */
export interface RunningTool {
  readonly child: ChildProcess;
  /** Everything it has written so far. */
  readonly said: { out: string; err: string };
  /** Settles with its exit code once it has ended and all it wrote has been read; null where a signal ended it. */
  readonly ended: Promise<number | null>;
}

/** @param script the tool's entry, below node_modules. */
export function startTool(script: string, args: readonly string[]): RunningTool {
  const url = pathToFileURL(resolve('node_modules', script)).href;
  // The tests run inside Electron, where a tool would take its own script for an argument unless it is said to be "default".
  const start = `process.defaultApp = true; import(${JSON.stringify(url)})`;
  const child = spawn(process.execPath, ['-e', start, '--', script, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      ELECTRON_RUN_AS_NODE: '1',
      NO_COLOR: '1',
      // Nothing about this machine goes to anybody.
      REDOCLY_TELEMETRY: 'off',
      REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
    },
  });
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.err += text));
  const ended = once(child, 'close').then(() => child.exitCode);
  return { child, said, ended };
}

/** Ends it if it still runs, and waits until it has. */
export async function endTool({ child, ended }: RunningTool): Promise<void> {
  child.kill('SIGTERM');
  await ended;
}
