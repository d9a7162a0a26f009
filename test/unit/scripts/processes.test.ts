import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { capture, exitCodeOf, head, tail } from '../../../scripts/lib/child.mjs';
import { isAlive } from '../../../scripts/lib/process-identity.mjs';
import { withProgress } from '../../../scripts/lib/say.mjs';
import { temporaryFolder, testRun } from './temporary.js';

const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
const node = (code: string) => ['-e', code];

test('output, input and exit code of a program', async () => {
  const code =
    'process.stdin.on("data", (d) => { console.log("got " + d); console.error("hm"); process.exitCode = 3 })';
  const result = await capture(testRun(), process.execPath, node(code), { env, input: 'hello' });
  expect(result).toMatchObject({
    code: 3,
    signal: null,
    stdout: 'got hello\n',
    stderr: 'hm\n',
    timedOut: false,
  });
});

test('a program that cannot be started is an error', async () => {
  const missing = join(await temporaryFolder(), 'missing');
  await expect(capture(testRun(), missing, [])).rejects.toThrow('ENOENT');
});

test('a program that takes too long is ended', async () => {
  const result = await capture(testRun(), process.execPath, node('setInterval(() => {}, 1000)'), {
    env,
    timeoutMs: 300,
  });
  expect(result).toMatchObject({ signal: 'SIGTERM', timedOut: true });
  expect(exitCodeOf(result)).toBe(143);
});

test('stopping the run ends the program, even if a grandchild keeps its output open', async () => {
  const run = testRun();
  const pidFile = join(await temporaryFolder(), 'pid');
  const grandchild = `require("fs").writeFileSync(${JSON.stringify(pidFile)}, String(require("child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "inherit", detached: true }).pid))`;
  const running = capture(
    run,
    process.execPath,
    node(`${grandchild}; setInterval(() => {}, 1000)`),
    { env },
  );
  const pid = await vi.waitFor(
    () => {
      const written = Number(readFileSync(pidFile, 'utf8'));
      expect(written).toBeGreaterThan(0);
      return written;
    },
    { timeout: 20_000 },
  );
  onTestFinished(() => void process.kill(pid));
  run.stop.abort(new Error('enough'));
  await expect(running).rejects.toThrow('enough');
  expect(isAlive(pid)).toBe(true);
});

test('a program that ignores the request to end is ended by force', async () => {
  const { keeper } = testRun();
  const child = keeper.start(
    process.execPath,
    node('process.on("SIGTERM", () => {}); console.log("on"); setInterval(() => {}, 1000)'),
    { env },
  );
  await new Promise((resolve) => child.stdout?.once('data', resolve));
  await keeper.end(child, 100);
  expect(child.signalCode).toBe('SIGKILL');
  expect(isAlive(child.pid ?? -1)).toBe(false);
  await keeper.end(child);
});

test('first and last lines', () => {
  expect(head('a\nb\nc\n', 2)).toBe('  a\n  b');
  expect(tail('a\nb\nc\n', 2)).toBe('  b\n  c');
});

test('progress is said in lines, and in place on a terminal', async () => {
  const write = vi.fn(() => true);
  const fails = () => Promise.reject(new Error('x'));
  const stream = { write } as unknown as NodeJS.WriteStream;
  expect(await withProgress('working', () => Promise.resolve(5), { stream })).toBe(5);
  await expect(
    withProgress('failing', fails, {
      stream: { write, isTTY: true } as unknown as NodeJS.WriteStream,
    }),
  ).rejects.toThrow('x');
  expect(write.mock.calls.flat()).toEqual([
    'working …\n',
    'working: done in 0 s\n',
    'failing …',
    '\rfailing: failed after 0 s\n',
  ]);
});
