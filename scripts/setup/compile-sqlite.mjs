import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { cp, copyFile, mkdir, readFile, rm } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { cacheEntry } from '../lib/cache-entry.mjs';
import { capture, describeEnding, tail } from '../lib/child.mjs';
import { hashParts } from '../lib/files.mjs';
import { withProgress } from '../lib/say.mjs';
import { StepError } from '../lib/step-error.mjs';

/**
 * Why these flags. better-sqlite3 asks for Node-API 10, which Node 20 and the registry Electron do not offer: with plain
 * version 9 it would keep references to strings, which that version forbids, and crash. The experimental version offers
 * what it needs on both. The last flag wins, and these come last. `-O2` is what SQLite itself recommends; together with
 * leaving out link-time optimisation it brings the build from some 150 to some 100 seconds.
 */
const FLAGS = {
  CFLAGS: '-O2',
  CXXFLAGS: '-UNAPI_VERSION -DNAPI_VERSION=2147483647 -DNAPI_EXPERIMENTAL -O2 -fno-lto',
  LDFLAGS: '-fno-lto',
};

/** Name of the compiled binary, in the cache and in the package. */
export const BINARY = 'better_sqlite3.node';

/**
 * Names the compiled binary by everything that its content depends on.
 *
 * @param {string} root folder of the clone
 * @returns {Promise<string>} name of the cache entry
 */
export async function binaryName(root) {
  const versions = await Promise.all(
    ['better-sqlite3', 'node-addon-api', 'node-gyp'].map((name) => versionOf(root, name)),
  );
  const libc = process.platform === 'linux' ? (isMusl() ? '-musl' : '-glibc') : '';
  const flags = hashParts([JSON.stringify(FLAGS), ...versions, nodeMajor()]).slice(0, 10);
  return `better-sqlite3-${versions[0]}-${process.platform}-${process.arch}${libc}-${flags}`;
}

/**
 * Provides the compiled binary from the cache, compiling it first if need be.
 *
 * @param {import('../lib/child.mjs').Run} run
 * @param {string} root folder of the clone
 * @param {string} cache the cache folder
 * @returns {Promise<string>} path of the binary
 * @throws {StepError} where it does not compile
 */
export async function compiledBinary(run, root, cache) {
  const { folder } = await cacheEntry({
    cache,
    name: await binaryName(root),
    build: (temporary) =>
      withProgress('better-sqlite3: compiling for this Node-API (one to three minutes, once)', () =>
        compile(run, root, temporary),
      ),
    signal: run.signal,
  });
  return join(folder, BINARY);
}

/**
 * Compiles a copy of the package, so that node_modules stays as npm made it until the binary is finished.
 *
 * @param {import('../lib/child.mjs').Run} run
 * @param {string} root
 * @param {string} folder where the binary goes; the copy is made inside and removed again
 */
async function compile(run, root, folder) {
  const modules = join(root, 'node_modules');
  const copy = join(folder, 'package');
  await cp(join(modules, 'better-sqlite3'), copy, {
    recursive: true,
    filter: (source) => !/[\\/](build|prebuilds)$/.test(source),
  });
  await mkdir(join(copy, 'node_modules'));
  await cp(join(modules, 'node-addon-api'), join(copy, 'node_modules', 'node-addon-api'), {
    recursive: true,
  });
  const args = [
    join(modules, 'node-gyp', 'bin', 'node-gyp.js'),
    'rebuild',
    '--release',
    '--force_build=1',
    '-j',
    '2',
    ...headersArgument(),
  ];
  // The build files call plain `node`: it must be this one.
  const env = {
    ...process.env,
    ...FLAGS,
    PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ''}`,
  };
  const ending = await capture(run, process.execPath, args, { cwd: copy, env });
  if (ending.code !== 0) {
    throw new StepError(
      'better-sqlite3',
      `it could not be compiled: ${describeEnding(ending)}\n${tail(ending.stderr)}`,
      'It needs a C++ compiler, make and python3, and the header files of Node (in include/node beside node’s bin folder).\n' +
        'A Node of version 22.14 or later with an Electron of version 36 or later needs no compiling.',
    );
  }
  await copyFile(join(copy, 'build', 'Release', BINARY), join(folder, BINARY));
  await rm(copy, { recursive: true });
}

/**
 * @returns {string[]} tells node-gyp to use the header files that came with Node, if they did; else it downloads them
 */
function headersArgument() {
  const prefix = dirname(dirname(realpathSync(process.execPath)));
  return existsSync(join(prefix, 'include', 'node', 'node_api.h')) ? [`--nodedir=${prefix}`] : [];
}

/**
 * @param {string} root
 * @param {string} name
 * @returns {Promise<string>} version of an installed package
 */
async function versionOf(root, name) {
  const text = await readFile(join(root, 'node_modules', name, 'package.json'), 'utf8');
  return String(JSON.parse(text).version);
}

/** @returns {string} such as `20` */
function nodeMajor() {
  return process.versions.node.replace(/\..*/, '');
}

/** @returns {boolean} whether this Linux uses musl: its loader has a well-known name */
function isMusl() {
  return existsSync('/lib') && readdirSync('/lib').some((name) => name.startsWith('ld-musl-'));
}
