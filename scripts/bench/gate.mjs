import { createServer } from 'node:http';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchApp } from '../drive/index.mjs';
import { alternate } from './pairs.mjs';
import { median } from './statistics.mjs';

/** Requests of one half of a pair; a page's clock is too coarse for one alone. */
const REQUESTS = 40;

/** What a page does: it fetches something of its own site again and again, and answers how long each took, milliseconds. */
const FETCHING = `(async () => {
  const startedMs = performance.now();
  for (let n = 0; n < ${REQUESTS}; n += 1) await (await fetch('small', { cache: 'no-store' })).text();
  return (performance.now() - startedMs) / ${REQUESTS};
})()`;

/**
 * A request of a service's own page to the service itself, in the window that the gate holds and in one of the same app that nothing
 * holds, by turns.
 *
 * @param {import('./measurements.mjs').Bench} bench
 * @returns {Promise<import('./rows.mjs').Measured[]>}
 */
export async function measureFirstParty({ executable, env, random, quick }) {
  const folder = await mkdtemp(join(tmpdir(), 'sayso-bench-gate-'));
  const server = createServer(({ url }, answer) => {
    const type = url?.endsWith('/') ? 'text/html' : 'text/plain';
    answer.writeHead(200, { 'content-type': type }).end('<!doctype html><title>site</title>');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  const origin = `http://127.0.0.1:${address.port}`;
  process.env.SAYSO_ELECTRON_PATH = executable;
  const app = await launchApp({
    profileFolder: join(folder, 'profile'),
    serverUrl: origin,
    service: 'certiron',
    env,
  });
  try {
    await app.pages.button('Got it').click();
    await app.pages.button('Open the service').click();
    await app.page.getByText('Certiron is open in its own window.').waitFor();
    await app.electron.evaluate(async ({ BrowserWindow, session }, site) => {
      const plain = new BrowserWindow({
        webPreferences: { session: session.fromPartition('bench-plain', { cache: false }) },
      });
      await plain.loadURL(`${site}?plain`);
    }, `${origin}/certiron/`);
    const fetching = (/** @type {boolean} */ isHeld) =>
      app.electron.evaluate(
        async ({ BrowserWindow }, { code, ending }) => {
          const window = BrowserWindow.getAllWindows().find((one) =>
            one.webContents.getURL().endsWith(ending),
          );
          return await window?.webContents.executeJavaScript(code);
        },
        { code: FETCHING, ending: isHeld ? '/certiron/' : '?plain' },
      );
    const { ours, baseline } = await alternate({
      pairs: quick ? 3 : 20,
      warmUp: 2,
      random,
      ours: () => fetching(true),
      baseline: () => fetching(false),
    });
    return [
      {
        name: 'first-party-request',
        unit: 'ms',
        what: `a request of a page to its own service through filter and proxy − the same in a window without them; each pair the mean of ${REQUESTS}`,
        ours: ours.map((value, index) => value - (baseline[index] ?? Number.NaN)),
        baseline: [],
        goal: { is: 'at most', value: 1.5, quantile: 0.5 },
        notes: [
          `with the gate ${median(ours).toFixed(2)} ms, without ${median(baseline).toFixed(2)} ms (medians)`,
        ],
      },
    ];
  } finally {
    await app.kill();
    server.close();
    server.closeAllConnections();
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}
