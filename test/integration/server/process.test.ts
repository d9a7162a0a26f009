import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { call, createAccount, signIn } from './support/client.js';
import { keysOf } from './support/receipts.js';

const SERVICES = resolve('resources', 'services');
let folder: string;
let bundle: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sayso-server-'));
  // Built where it finds its packages and profiles as from `out/server`, but not where a build for use lies.
  const outDir = resolve('.sayso', `test-server-${process.pid}`);
  await build({
    configFile: resolve('vite.server.config.ts'),
    logLevel: 'error',
    build: { outDir, sourcemap: false },
  });
  bundle = join(outDir, 'index.js');
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await rm(resolve(bundle, '..'), { recursive: true });
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
});

/** Runs the bundle as the command does: import it, then call `main`. */
function run(argv: readonly string[]) {
  const script = `import(${JSON.stringify(pathToFileURL(bundle).href)}).then((server) => server.main(process.argv.slice(1)))`;
  const started = spawn(process.execPath, ['-e', script, '--', ...argv], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
  children.push(started);
  const said = { out: '', err: '' };
  started.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text));
  started.stderr.setEncoding('utf8').on('data', (text: string) => (said.err += text));
  const firstLine = new Promise<string>((resolveLine, reject) => {
    started.stdout.on('data', () => {
      const [line, rest] = said.out.split('\n');
      if (line !== undefined && rest !== undefined) resolveLine(line);
    });
    started.on('exit', () => reject(new Error(`ended without a line: ${said.err}`)));
  });
  const ended = once(started, 'close').then(() => started.exitCode);
  firstLine.catch(() => undefined);
  return { child: started, said, firstLine, ended };
}

describe('the server as a process', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'says where it listens, serves every profile, and stops on %s with its data kept',
    async (signal) => {
      const data = join(folder, `data-${signal}`);
      const argv = ['--port', '0', '--data', data];
      const server = run(argv);
      const { url, pid } = JSON.parse(await server.firstLine) as { url: string; pid: number };
      expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
      expect(pid).toBe(server.child.pid);
      for (const id of ['integro', 'katror', 'certiron']) {
        const manifest = await call(`${url}/${id}/manifest`);
        expect(JSON.parse(manifest.text)).toMatchObject({ id });
      }
      await createAccount(`${url}/integro`, 'ada@example.org');
      server.child.kill(signal);
      expect(await server.ended).toBe(0);
      expect(server.said.out.trimEnd().split('\n')).toHaveLength(1);
      expect(server.said.err).not.toContain('ada@example.org');
      for (const path of [data, join(data, 'server.db')]) {
        expect((await stat(path)).mode & 0o077).toBe(0);
      }

      const again = run(argv);
      const second = JSON.parse(await again.firstLine) as { url: string };
      await signIn(`${second.url}/integro`, 'ada@example.org');
      again.child.kill('SIGTERM');
      expect(await again.ended).toBe(0);
    },
  );

  it('loses nothing it has answered to a kill', async () => {
    const argv = ['--data', join(folder, 'killed'), '--services', SERVICES];
    const server = run(argv);
    const { url } = JSON.parse(await server.firstLine) as { url: string };
    await createAccount(`${url}/integro`, 'ada@example.org');
    server.child.kill('SIGKILL');
    await server.ended;
    const again = run(argv);
    const second = JSON.parse(await again.firstLine) as { url: string };
    await signIn(`${second.url}/integro`, 'ada@example.org');
  });

  it.each([
    [['--nonsense'], 2, '--nonsense'],
    [['--database', 'postgres://u:hunter2@h'], 2, 'name of the database'],
    [['--database', 'postgres://u:hunter2@127.0.0.1:1/d'], 1, 'cannot be reached'],
    [['--services', 'nowhere'], 1, 'nowhere'],
    [['--services', '.'], 1, 'no usable service profile'],
    [['--services', SERVICES, '--data', 'a-file'], 1, 'a-file'],
  ])('ends on %j with code %i and a message', async (argv, code, message) => {
    await writeFile(join(folder, 'a-file'), '');
    const server = run(argv);
    expect(await server.ended).toBe(code);
    expect(server.said.err).toContain(message);
    expect(server.said.err).not.toContain('hunter2');
    expect(server.said.out).toBe('');
  });

  it('changes its signing key by a command while it runs, and leaves the old one published', async () => {
    const argv = ['--data', join(folder, 'rotated')];
    const server = run([...argv, '--services', SERVICES]);
    const { url } = JSON.parse(await server.firstLine) as { url: string };
    const [old] = (await keysOf(url)).keys;
    const rotation = run([...argv, '--rotate-key']);
    expect(await rotation.ended).toBe(0);
    const said = JSON.parse(rotation.said.out) as { kid: string; retired: string };
    expect(said.retired).toBe(old?.kid);
    const { keys } = await keysOf(url);
    expect(keys.map((key) => key.kid)).toEqual([said.kid, said.retired]);
    server.child.kill('SIGTERM');
    expect(await server.ended).toBe(0);
  });

  it('ends with a message when the port is taken', async () => {
    const server = run(['--data', join(folder, 'first'), '--services', SERVICES]);
    const { url } = JSON.parse(await server.firstLine) as { url: string };
    const first = server.child;
    const argv = ['--data', join(folder, 'second'), '--services', SERVICES];
    const second = run([...argv, '--port', new URL(url).port]);
    expect(await second.ended).toBe(1);
    expect(second.said.err).toContain('EADDRINUSE');
    first.kill('SIGTERM');
    expect(await server.ended).toBe(0);
  });
});
