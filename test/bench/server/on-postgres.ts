import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Measured } from '../../../scripts/bench/rows.mjs';
import { startCluster } from '../../support/postgres/cluster.js';
import { measureThroughput } from './throughput.js';

interface Options {
  /** Program and arguments of our server; the database's address is added. */
  readonly command: readonly string[];
  readonly peer: string;
  readonly pairs: number;
  readonly decisions: number;
  readonly random: () => number;
}

/** What {@link measureThroughput} measures, with our server on a real PostgreSQL made for this. */
export async function measureOnPostgres({ command, ...options }: Options): Promise<Measured[]> {
  const cluster = await startCluster();
  try {
    const database = await cluster.newDatabase();
    const [program = '', ...args] = command;
    const server = spawn(program, [...args, '--database', database], {
      stdio: ['ignore', 'pipe', 'ignore'],
      // The server runs on the Node that starts the benchmarks, this program on Electron's own.
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    });
    const ended = once(server, 'close');
    try {
      const ours = await Promise.race([addressOf(server.stdout), ended.then(nothingSaid)]);
      return await measureThroughput({ ...options, ours, suffix: '-postgres', hasGoal: false });
    } finally {
      server.kill('SIGTERM');
      await ended;
    }
  } finally {
    await cluster.remove();
  }
}

async function addressOf(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface(output)) {
    output.resume();
    return (JSON.parse(line) as { readonly url: string }).url;
  }
  return nothingSaid();
}

function nothingSaid(): never {
  throw new Error('our server did not start on PostgreSQL');
}
