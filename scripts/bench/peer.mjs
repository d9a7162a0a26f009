import { createServer } from 'node:http';
import { copyFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { cacheEntry } from '../lib/cache-entry.mjs';
import { capture, describeEnding, tail } from '../lib/child.mjs';
import { hashParts } from '../lib/files.mjs';
import { npmCommand } from '../lib/npm.mjs';
import { cacheFolder, rootFolder } from '../lib/paths.mjs';
import { StepError } from '../lib/step-error.mjs';

const source = () => join(rootFolder(), 'test', 'bench', 'peers');

/**
 * Installs the consent clients and servers that Sayso is measured beside into the cache folder; the product never sees them.
 *
 * @param {import('../lib/child.mjs').Run} run
 * @returns {Promise<string>} the folder that holds their `node_modules`
 */
export async function installPeers(run) {
  const files = ['package.json', 'package-lock.json'].map((name) => join(source(), name));
  const name = `bench-peers-${hashParts(files.map((file) => readFileSync(file))).slice(0, 10)}`;
  const { folder } = await cacheEntry({
    cache: cacheFolder(),
    name,
    signal: run.signal,
    async build(empty) {
      for (const file of ['package.json', 'package-lock.json'])
        await copyFile(join(source(), file), join(empty, file));
      const npm = npmCommand();
      const args = [...npm.args, 'ci', '--ignore-scripts', '--no-audit', '--no-fund'];
      const ending = await capture(run, npm.command, args, { cwd: empty });
      if (ending.code === 0) return;
      throw new StepError('Peers', `${describeEnding(ending)}\n${tail(ending.stderr)}`);
    },
  });
  return folder;
}

/**
 * Serves a page with c15t on loopback. Its own service is not there: every connection to it is refused.
 *
 * @param {import('../lib/child.mjs').Run} run
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export async function servePeerPage(run) {
  const peers = await installPeers(run);
  const built = await build({
    root: source(),
    configFile: false,
    logLevel: 'error',
    resolve: { alias: { c15t: join(peers, 'node_modules', 'c15t', 'dist', 'index.js') } },
    build: {
      write: false,
      target: 'chrome130',
      lib: { entry: join(source(), 'c15t-page.js'), formats: ['iife'], name: 'peer' },
    },
  });
  const outputs = [built].flat().flatMap((result) => ('output' in result ? result.output : []));
  const script = outputs.find((file) => file.type === 'chunk')?.code;
  if (script === undefined) throw new Error('the page of c15t was not built');
  const server = createServer((request, response) => {
    const isScript = request.url === '/page.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html; charset=utf-8');
    response.end(isScript ? script : '<!doctype html><script src="/page.js"></script>');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${address.port}/`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
