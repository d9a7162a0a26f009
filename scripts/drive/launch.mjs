import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { _electron } from 'playwright';
import { rootFolder } from '../lib/paths.mjs';
import { createPages } from './pages.mjs';

const require = createRequire(import.meta.url);

/**
 * Playwright's own start-up module: it holds back `ready` until Playwright is attached. Playwright leaves it out where it is told
 * which executable to run, and then attaches to a window that is already loading its page, which now and then never ends.
 */
const LOADER = join(
  dirname(require.resolve('playwright-core/package.json')),
  'lib/server/electron/loader.js',
);

/**
 * @typedef {object} LaunchOptions
 * @property {string} profileFolder the folder of the profile, which isolates it from every other
 * @property {string} [serverUrl] where the services are; without it the profiles' own addresses
 * @property {string} [service] the service to open first
 * @property {NodeJS.ProcessEnv} [env] further environment variables
 * @property {string[]} [args] further arguments, such as a link
 * @property {string} [main] the main script of another copy of the app
 */

/**
 * @typedef {object} RunningApp the built app in a real window
 * @property {import('playwright').ElectronApplication} electron
 * @property {import('playwright').Page} page
 * @property {import('./pages.mjs').Pages} pages what a person does in it
 * @property {() => string} output everything the app has written to its standard output and error
 * @property {() => Promise<void>} close closes it as a person does
 * @property {() => Promise<void>} kill ends it as a power cut does
 */

/**
 * Starts the built app and waits for its first page.
 *
 * @param {LaunchOptions} options
 * @returns {Promise<RunningApp>}
 */
export async function launchApp({ profileFolder, serverUrl, service, env, main, args = [] }) {
  const executablePath = process.env.SAYSO_ELECTRON_PATH;
  if (!executablePath) throw new Error('SAYSO_ELECTRON_PATH does not say which Electron to run');
  const electron = await _electron.launch({
    executablePath,
    args: [
      '-r',
      LOADER,
      main ?? join(rootFolder(), 'out', 'main', 'index.js'),
      `--user-data-dir=${profileFolder}`,
      '--lang=en-US',
      ...(service ? [`--service=${service}`] : []),
      ...args,
    ],
    env: { ...process.env, ...(serverUrl ? { SAYSO_SERVER: serverUrl } : {}), ...env },
  });
  const child = electron.process();
  const gone = once(child, 'exit');
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part) => (output += part));
  const page = await electron.firstWindow();
  page.on('console', (message) => (output += `${message.text()}\n`));
  page.on('pageerror', (error) => (output += `page error: ${error.stack}\n`));
  await page.getByRole('heading', { level: 1 }).waitFor();
  return {
    electron,
    page,
    pages: createPages(page),
    output: () => output,
    async close() {
      await electron.close();
    },
    async kill() {
      killWholeGroup(child);
      await gone;
    },
  };
}

/**
 * Ends the app and every process of its own at once. Playwright starts it as the leader of a process group, except on
 * Windows, which has none; without the group, Chromium's helpers would go on writing to the profile for a while.
 *
 * @param {import('node:child_process').ChildProcess} child
 */
function killWholeGroup(child) {
  if (process.platform === 'win32' || child.pid === undefined) child.kill('SIGKILL');
  else if (child.exitCode === null && child.signalCode === null)
    process.kill(-child.pid, 'SIGKILL');
}
