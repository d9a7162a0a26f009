import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { fixtureFiles } from '../fixtures/service-profile.js';

/** The server as a program of its own, with one small service, `alpha`. */
export interface ServerProgram {
  /**
   * Starts one and waits until it listens.
   * @param argv further arguments, such as what it keeps things in: `--database URL` or `--data DIR`.
   */
  start(argv: readonly string[]): Promise<ServerProcess>;
  /** Ends all that still run and removes what was built. */
  remove(): Promise<void>;
}

export interface ServerProcess {
  readonly port: number;
  /** Of the service, without a slash at the end. */
  readonly base: string;
  /** Everything it has said so far. */
  readonly said: () => string;
  /** `SIGKILL`: not a word to anybody, neither to clients nor to the database. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** Bundles the server as a release does, but not where a release lies. */
export async function serverProgram(): Promise<ServerProgram> {
  const root = path.resolve(import.meta.dirname, '../../..');
  const outDir = path.join(root, '.sayso', `test-servers-${process.pid}`);
  await build({
    configFile: path.join(root, 'vite.server.config.ts'),
    logLevel: 'error',
    build: { outDir, sourcemap: false },
  });
  const services = path.join(outDir, 'services');
  const { manifest, policies } = fixtureFiles('alpha');
  for (const { file, text } of [manifest, ...policies]) {
    await mkdir(path.dirname(path.join(services, file)), { recursive: true });
    await writeFile(path.join(services, file), text);
  }
  const url = pathToFileURL(path.join(outDir, 'index.js')).href;
  const script = `import(${JSON.stringify(url)}).then((server) => server.main(process.argv.slice(1)))`;
  const children: ChildProcess[] = [];
  return {
    async start(argv) {
      const all = ['--port', '0', '--services', services, ...argv];
      const child = spawn(process.execPath, ['-e', script, '--', ...all], {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      });
      children.push(child);
      let said = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (text: string) => (said += text));
      }
      const origin = await originOf(child, () => said);
      return {
        port: Number(new URL(origin).port),
        base: `${origin}/alpha`,
        said: () => said,
        kill: () => end(child, 'SIGKILL'),
        stop: () => end(child, 'SIGTERM'),
      };
    },
    async remove() {
      for (const child of children) await end(child, 'SIGKILL');
      await rm(outDir, { recursive: true, force: true });
    },
  };
}

/** The first line on standard output says where it listens. */
async function originOf(child: ChildProcess, said: () => string): Promise<string> {
  const ended = once(child, 'exit').then(() => {
    throw new Error(`the server ended at once: ${said()}`);
  });
  ended.catch(() => undefined);
  for (;;) {
    const found = /"url":"([^"]+)"/.exec(said())?.[1];
    if (found !== undefined) return found;
    await Promise.race([ended, once(child.stdout ?? child, 'data')]);
  }
}

async function end(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}
