import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { expect, onTestFinished, test, vi } from 'vitest';
import { capture } from '../../../scripts/lib/child.mjs';
import { findDisplay, findSessionBus } from '../../../scripts/run/desktop-found.mjs';
import { withDesktop } from '../../../scripts/run/desktop.mjs';
import { authorityEntry } from '../../../scripts/run/virtual-display.mjs';
import { temporaryFolder, testRun } from './temporary.js';

const onLinux = test.runIf(process.platform === 'linux');
const PRIVATE = { display: 'virtual', keychain: 'private' } as const;

const folders = async () =>
  (await readdir(tmpdir())).filter((name) => name.startsWith('sayso-desktop-'));

onLinux('display and keychain are there, usable, and gone afterwards', async () => {
  const run = testRun();
  const before = await folders();
  const started = vi.spyOn(run.keeper, 'start');
  const env = await withDesktop<NodeJS.ProcessEnv>(run, PRIVATE, async (desktop) => {
    expect(desktop).toMatchObject({ virtualDisplay: true, privateKeychain: true });
    expect(await findDisplay(desktop.env)).toBe(true);
    const item = ['purpose', 'test'];
    const stored = await capture(run, 'secret-tool', ['store', '--label=test', ...item], {
      env: desktop.env,
      input: 'a secret',
    });
    expect(stored).toMatchObject({ code: 0 });
    expect(
      await capture(run, 'secret-tool', ['lookup', ...item], { env: desktop.env }),
    ).toMatchObject({ stdout: 'a secret' });
    return desktop.env;
  });
  for (const { value } of started.mock.results)
    expect(value.exitCode ?? value.signalCode).not.toBeNull();
  expect(await findDisplay(env)).toBe(false);
  expect(
    (await folders()).filter(
      (name) => !before.includes(name) && env['DBUS_SESSION_BUS_ADDRESS']?.includes(name),
    ),
  ).toEqual([]);
});

onLinux('a keychain with a folder of its own keeps its secrets', async () => {
  const run = testRun();
  const keychainFolder = await temporaryFolder();
  await withDesktop(run, { ...PRIVATE, keychainFolder }, ({ env }) =>
    capture(run, 'secret-tool', ['store', '--label=test', 'purpose', 'kept'], {
      env,
      input: 'kept secret',
    }),
  );
  const found = await withDesktop<{ stdout: string }>(
    run,
    { ...PRIVATE, keychainFolder },
    ({ env }) => capture(run, 'secret-tool', ['lookup', 'purpose', 'kept'], { env }),
  );
  expect(found.stdout).toBe('kept secret');
});

onLinux('what the work leaves running is ended, also when the work fails', async () => {
  const run = testRun();
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  onTestFinished(() => said.mockRestore());
  let pid = 0;
  const work = withDesktop(run, PRIVATE, async ({ env }) => {
    const code =
      'const c = require("child_process").spawn("sleep", ["300"], { detached: true, stdio: "ignore" }); c.unref(); console.log(c.pid)';
    const started = await capture(run, process.execPath, ['-e', code], {
      env: { ...env, ELECTRON_RUN_AS_NODE: '1' },
    });
    pid = Number(started.stdout);
    throw new Error('the work failed');
  });
  await expect(work).rejects.toThrow('the work failed');
  expect(said.mock.calls.join('')).toContain(`sleep (${pid})`);
  const state = await capture(run, 'ps', ['-o', 'stat=', '-p', String(pid)]);
  expect(state.stdout.trim()).toMatch(/^(Z.*)?$/);
});

onLinux('an existing display and session bus are used as they are', async () => {
  const run = testRun();
  await withDesktop(run, PRIVATE, async (outer) => {
    vi.stubEnv('DISPLAY', outer.env['DISPLAY']);
    vi.stubEnv('WAYLAND_DISPLAY', undefined);
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', outer.env['DBUS_SESSION_BUS_ADDRESS']);
    const kind = { display: 'existing-or-virtual', keychain: 'existing-or-private' } as const;
    const started = vi.spyOn(run.keeper, 'start');
    const inner = await withDesktop(run, kind, (desktop) => Promise.resolve(desktop));
    expect(inner).toMatchObject({ virtualDisplay: false, privateKeychain: false });
    expect(started).not.toHaveBeenCalled();
    vi.unstubAllEnvs();
  });
});

test('a display variable left over from an ended session is not believed', async () => {
  const folder = await temporaryFolder();
  expect(await findDisplay({})).toBe(false);
  expect(await findDisplay({ DISPLAY: ':4711' })).toBe(false);
  expect(await findDisplay({ WAYLAND_DISPLAY: 'wayland-0', XDG_RUNTIME_DIR: folder })).toBe(false);
  expect(await findDisplay({ DISPLAY: 'other-machine:0' })).toBe(true);
  expect(findSessionBus({})).toBe(false);
  expect(findSessionBus({ XDG_RUNTIME_DIR: folder })).toBe(false);
  expect(findSessionBus({ DBUS_SESSION_BUS_ADDRESS: 'unix:path=/x' })).toBe(true);
});

test('an authority entry is valid for every display', () => {
  const entry = authorityEntry(Buffer.alloc(16, 7)).toString('latin1');
  expect(entry).toBe(`\xff\xff\0\0\0\0\0\x12MIT-MAGIC-COOKIE-1\0\x10${'\x07'.repeat(16)}`);
});
