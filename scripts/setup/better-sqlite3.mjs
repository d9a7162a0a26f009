import { rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setAside } from '../lib/cache-entry.mjs';
import { capture, describeEnding, tail } from '../lib/child.mjs';
import { copyWhole, readJson, writeJson } from '../lib/files.mjs';
import { say } from '../lib/say.mjs';
import { StepError } from '../lib/step-error.mjs';
import { BINARY, binaryName, compiledBinary } from './compile-sqlite.mjs';

/**
 * @typedef {import('../lib/child.mjs').Run} Run
 * @typedef {{ name: string, executable: string, env: NodeJS.ProcessEnv, nodeApi: number }} Runtime something that loads the binary
 * @typedef {{ binary: string, runtimes: Record<string, string> }} Identity size and time of the compiled binary, empty if there
 *   is none, and of each runtime by its path
 */

/** The Node-API that the package's own prebuilt binaries ask for. */
const PREBUILT_NODE_API = 10;

/** A proof takes a fraction of a second; a minute means that it hangs. */
const PROOF_TIMEOUT_MS = 60_000;

/**
 * @param {number[]} nodeApis what the runtimes offer
 * @returns {boolean} whether one of them cannot load the prebuilt binary
 */
export function mustCompile(nodeApis) {
  return nodeApis.some((nodeApi) => nodeApi < PREBUILT_NODE_API);
}

/**
 * Makes sure that better-sqlite3 loads and works in this Node and, if given, in that Electron. The proof is remembered with
 * the size and time of everything involved, so that it costs nothing until one of them changes.
 *
 * @param {Run} run
 * @param {string} root folder of the clone
 * @param {string} cache the cache folder
 * @param {import('./electron.mjs').Electron} [electron] left out where only Node will load it
 * @returns {Promise<void>}
 * @throws {StepError} where it does not work even after compiling it anew
 */
export async function ensureSqlite(run, root, cache, electron) {
  const runtimes = runtimesOf(electron);
  const compiled = mustCompile(runtimes.map((runtime) => runtime.nodeApi));
  const build = join(root, 'node_modules', 'better-sqlite3', 'build');
  const target = join(build, 'Release', BINARY);
  const proofFile = join(root, 'node_modules', '.sayso-sqlite-proof.json');
  const proven = await readJson(proofFile);
  const recipe = compiled ? await binaryName(root) : '';
  if (isProven(proven, recipe, await identity(target, runtimes))) return;
  if (compiled) {
    const isOurs =
      proven?.recipe === recipe &&
      proven.binary !== '' &&
      proven.binary === (await fingerprint(target));
    if (!isOurs) await copyWhole(await compiledBinary(run, root, cache), target);
  } else if (electron) {
    // Nobody needs a compiled one: the package's own is the tested one, but would not be looked at while there is another.
    await rm(build, { recursive: true, force: true });
  }
  let failure = await prove(run, root, runtimes);
  if (failure && compiled) {
    say(`better-sqlite3: ${failure}\ncompiling it anew`);
    await setAside(cache, recipe);
    await copyWhole(await compiledBinary(run, root, cache), target);
    failure = await prove(run, root, runtimes);
  }
  if (failure)
    throw new StepError(
      'better-sqlite3',
      failure,
      'Delete node_modules and run the command again.',
    );
  const now = await identity(target, runtimes);
  const kept = proven?.binary === now.binary && proven.recipe === recipe ? proven.runtimes : {};
  await writeJson(proofFile, {
    recipe,
    binary: now.binary,
    runtimes: { ...kept, ...now.runtimes },
  });
}

/**
 * @param {import('./electron.mjs').Electron | undefined} electron
 * @returns {Runtime[]} this Node, and Electron acting as Node
 */
function runtimesOf(electron) {
  const node = {
    name: 'Node',
    executable: process.execPath,
    env: process.env,
    nodeApi: Number(process.versions.napi),
  };
  if (!electron) return [node];
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  return [
    node,
    { name: 'Electron', executable: electron.executablePath, env, nodeApi: electron.nodeApi },
  ];
}

/**
 * @param {any} proven what was remembered
 * @param {string} recipe name of the compiled binary that is needed; empty where any will do
 * @param {Identity} now
 * @returns {boolean} whether this very binary was proven with these very runtimes
 */
export function isProven(proven, recipe, now) {
  if (proven?.binary !== now.binary) return false;
  if (recipe !== '' && (proven.recipe !== recipe || now.binary === '')) return false;
  return Object.entries(now.runtimes).every(
    ([executable, seen]) => proven.runtimes?.[executable] === seen,
  );
}

/**
 * What a proof speaks about: the compiled binary, if there is one, and each runtime.
 *
 * @param {string} target where a compiled binary lies
 * @param {Runtime[]} runtimes
 * @returns {Promise<Identity>}
 */
async function identity(target, runtimes) {
  const seen = await Promise.all(
    runtimes.map(async ({ executable }) => [executable, await fingerprint(executable)]),
  );
  return { binary: await fingerprint(target), runtimes: Object.fromEntries(seen) };
}

/**
 * @param {string} file
 * @returns {Promise<string>} size in bytes and time of last change; empty if there is no such file
 */
async function fingerprint(file) {
  const seen = await stat(file).catch(() => undefined);
  return seen ? `${seen.size} ${seen.mtimeMs}` : '';
}

/**
 * @param {Run} run
 * @param {string} root
 * @param {Runtime[]} runtimes
 * @returns {Promise<string | undefined>} what went wrong, or undefined
 */
async function prove(run, root, runtimes) {
  const script = join(dirname(fileURLToPath(import.meta.url)), 'prove-sqlite.mjs');
  const args = [script, join(root, 'node_modules', 'better-sqlite3')];
  for (const { name, executable, env } of runtimes) {
    const ending = await capture(run, executable, args, { env, timeoutMs: PROOF_TIMEOUT_MS });
    if (ending.code !== 0)
      return `it does not work in ${name} (${executable}): ${describeEnding(ending)}\n${tail(ending.stderr, 6)}`;
  }
  return undefined;
}
