import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rootFolder } from '../lib/paths.mjs';

/**
 * Runs the built reference server in this process.
 *
 * @param {string[]} args its command line
 * @returns {Promise<void>} settles when the server has started
 */
export async function serve(args) {
  const { main } = await import(
    pathToFileURL(join(rootFolder(), 'out', 'server', 'index.js')).href
  );
  await main(args);
}

// `npm start` runs this file as a child process, with everything set up and built already.
if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url))
  await serve(process.argv.slice(2));
