import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chown, mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { copyBinaries } from './binaries.js';
import { ordinaryUser } from './ordinary-user.js';

/** A real PostgreSQL of a test's own, on a free port of loopback. */
export interface Cluster {
  /** Makes an empty database. @returns its address. */
  newDatabase(): Promise<string>;
  /** Ends it as a power cut would, without a word to anybody. */
  crash(): Promise<void>;
  /** Starts it again on the same port with the same data. */
  start(): Promise<void>;
  /** Ends it and removes all it had. */
  remove(): Promise<void>;
}

const USER = 'tester';
/** Small, and as durable as in production: whatever is answered is on disk. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'on',
  synchronous_commit: 'on',
  max_connections: '60',
  shared_buffers: '16MB',
  dynamic_shared_memory_type: 'posix',
};

/**
 * Makes a new cluster and starts it.
 * @throws an error with PostgreSQL's own words when it cannot be made or does not start.
 */
export async function startCluster(): Promise<Cluster> {
  const folder = await copyBinaries();
  const password = randomBytes(12).toString('hex');
  let postmaster: ChildProcess | null = null;
  const remove = async (): Promise<void> => {
    if (postmaster) await end(postmaster, 'SIGINT');
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const data = await initialise(folder, password);
    const port = await freePort();
    const addressOf = (database: string) =>
      `postgres://${USER}:${password}@127.0.0.1:${port}/${database}`;
    const start = async (): Promise<void> => {
      postmaster = await launch(folder, data, port, addressOf('postgres'));
    };
    await start();
    return {
      async newDatabase() {
        const name = `sayso_${randomBytes(6).toString('hex')}`;
        const client = await connected(addressOf('postgres'));
        await client.query(`create database ${name}`);
        await client.end();
        return addressOf(name);
      },
      async crash() {
        if (postmaster) await end(postmaster, 'SIGQUIT');
        postmaster = null;
      },
      start,
      remove,
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function initialise(folder: string, password: string): Promise<string> {
  const { uid, gid } = ordinaryUser();
  const home = path.join(folder, 'home');
  const passwordFile = path.join(home, 'password');
  await mkdir(home, { mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (uid !== undefined && gid !== undefined) {
    for (const own of [passwordFile, home]) await chown(own, uid, gid);
  }
  const data = path.join(home, 'data');
  const form = ['--encoding=UTF8', '--locale=C', '--auth=scram-sha-256', `--username=${USER}`];
  await promisify(execFile)(
    path.join(folder, 'bin', 'initdb'),
    ['-D', data, ...form, `--pwfile=${passwordFile}`, '--no-sync', '--no-instructions'],
    { ...ordinaryUser(), cwd: home, env: environment() },
  );
  return data;
}

async function launch(
  folder: string,
  data: string,
  port: number,
  address: string,
): Promise<ChildProcess> {
  const settings = Object.entries({ ...SETTINGS, port }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const child = spawn(path.join(folder, 'bin', 'postgres'), ['-D', data, ...settings], {
    ...ordinaryUser(),
    cwd: data,
    env: environment(),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = once(child, 'exit').then(() => {
    throw new Error(`PostgreSQL ended at once: ${said}`);
  });
  const answered = new AbortController();
  try {
    await Promise.race([ended, untilItAnswers(address, answered.signal)]);
    return child;
  } catch (error) {
    if (child.exitCode === null && child.signalCode === null) await end(child, 'SIGQUIT');
    throw error;
  } finally {
    answered.abort();
    ended.catch(() => undefined);
  }
}

/** Asks until there is an answer; how long one try takes is the pace. */
async function untilItAnswers(address: string, given: AbortSignal): Promise<void> {
  while (!given.aborted) {
    try {
      const client = await connected(address);
      await client.query('select 1');
      await client.end();
      return;
    } catch (error) {
      const { code } = error as { readonly code?: string };
      // Not listening yet, or still reading its log after a crash.
      if (code !== 'ECONNREFUSED' && code !== '57P03') throw error;
    }
  }
}

async function connected(address: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: address });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function end(child: ChildProcess, signal: 'SIGINT' | 'SIGQUIT'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Nothing of the tests' own environment, such as a `PGDATA`, but its time zone and paths. */
function environment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, TZ: 'UTC' };
}
