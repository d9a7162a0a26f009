import { createServer } from 'node:net';
import { readJson, writeJson } from '../lib/files.mjs';

/**
 * The port that the reference server had last time, if nobody has taken it since. What the app stores is bound to the
 * server's address, so a new port at each start would sign the user out.
 *
 * @param {string} file where the port is remembered
 * @returns {Promise<number>} 0 where any port will do
 */
export async function rememberedPort(file) {
  const port = (await readJson(file))?.port;
  return Number.isInteger(port) && port > 0 && port < 65_536 && (await isFree(port)) ? port : 0;
}

/**
 * @param {string} file
 * @param {string} url address that the server has now
 */
export async function rememberPort(file, url) {
  await writeJson(file, { port: Number(new URL(url).port) });
}

/**
 * @param {number} port
 * @returns {Promise<boolean>} whether a server on this machine could listen there
 */
function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1' }, () => server.close(() => resolve(true)));
  });
}
