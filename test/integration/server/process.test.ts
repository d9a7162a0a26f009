import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fixtureFiles } from '../../support/fixtures/service-profile.js';
import { call, createAccount, signedIn, signIn, type Answer } from './support/client.js';
import { listen } from './support/event-stream.js';
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

  it('serves metrics on a port of their own, without a word about anybody', async () => {
    const argv = ['--data', join(folder, 'metrics'), '--services', SERVICES, '--metrics-port', '0'];
    const server = run(argv);
    const { url, metrics } = JSON.parse(await server.firstLine) as { url: string; metrics: string };
    expect(metrics).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/metrics$/);
    const base = `${url}/integro`;
    const { token, account } = await signedIn(base, 'ada@example.org');
    const stream = await listen(base, token);
    await call(`${base}/v1/decisions`, 'POST', { token, body: { entries: [{}] } });
    await call(`${base}/v1/nothing/${token}`, 'BREW', { token }).catch(() => undefined);
    await call(`${base}/v1/nothing/${token}`, 'GET', { token });
    await call(`${base}/v1/sessions/${account.id}`, 'DELETE', { token });
    const answer = await call(metrics);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
    const lines = answer.text.split('\n');
    expect(lines).toContain('sayso_event_streams 1');
    expect(lines).toContain('sayso_entries_total{status="refused",problem="decision-malformed"} 1');
    expect(lines).toContain(
      'sayso_http_requests_total{method="POST",route="/integro/v1/sessions",status="201"} 1',
    );
    expect(answer.text).toContain('method="DELETE",route="/integro/v1/sessions/:id"');
    expect(answer.text).toContain('sayso_http_request_duration_seconds_bucket');
    expect(answer.text).toContain('process_resident_memory_bytes');
    for (const secret of [token, account.id, 'ada@example.org']) {
      expect(answer.text).not.toContain(secret);
    }
    const { origin } = new URL(metrics);
    expect(problemIn404(await call(`${origin}/`))).toBe('not-found');
    expect((await call(metrics, 'POST', { body: {} })).headers.get('allow')).toBe('GET, HEAD');
    expect((await call(`${url}/metrics`)).status).toBe(404);
    server.child.kill('SIGTERM');
    await stream.ended;
    expect(await server.ended).toBe(0);
  });

  it('publishes a new policy version on SIGHUP, tells those who listen, and keeps what it had on a bad one', async () => {
    const services = join(folder, 'published');
    const { manifest, policies } = fixtureFiles('alpha');
    const write = async (file: string, text: string) => {
      await mkdir(dirname(join(services, file)), { recursive: true });
      await writeFile(join(services, file), text);
    };
    for (const { file, text } of [manifest, ...policies]) await write(file, text);
    const server = run(['--data', join(folder, 'hup'), '--services', services]);
    const { url } = JSON.parse(await server.firstLine) as { url: string };
    const { token } = await signedIn(`${url}/alpha`, 'ada@example.org');
    const stream = await listen(`${url}/alpha`, token);
    const newest = policies.find((one) => one.file.includes('2027-01'));
    const next = (newest?.text ?? '')
      .replaceAll('2027-01-01', '2028-01-01')
      .replaceAll('2027-01', '2028-01');
    await write('alpha/policy/2028-01.en.json', next);
    server.child.kill('SIGHUP');
    expect(await stream.next()).toMatchObject({ name: 'policy', data: { version: '2028-01' } });
    const policyAt = async () =>
      JSON.parse((await call(`${url}/alpha/policy`)).text) as { version: string };
    expect((await policyAt()).version).toBe('2028-01');

    await write('alpha/policy/2028-01.en.json', next.replace('Version', 'Versions'));
    server.child.kill('SIGHUP');
    await expect.poll(() => server.said.err).toContain('changes-a-published-text');
    await write('alpha/manifest.json', 'no JSON');
    server.child.kill('SIGHUP');
    await expect.poll(() => server.said.err).toContain('is-gone-or-unreadable');
    expect((await policyAt()).version).toBe('2028-01');
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

/** The type of a problem that comes from the listener for metrics. */
function problemIn404({ status, text }: Answer): string {
  expect(status).toBe(404);
  return (JSON.parse(text) as { type: string }).type;
}
