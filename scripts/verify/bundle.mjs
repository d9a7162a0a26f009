import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { hashParts, listFiles, readJson, writeJson } from '../lib/files.mjs';
import { withLock } from '../lib/lock.mjs';
import { rootFolder, stateFolder } from '../lib/paths.mjs';
import { say } from '../lib/say.mjs';
import { StepError } from '../lib/step-error.mjs';

/** @typedef {import('../lib/child.mjs').Run} Run */

/** What of the sources the checker is made from. */
const SOURCES = ['src-shared/proof', 'src-shared/ledger', 'src-shared/consent'];
const FILES = ['src-shared/ids.ts', 'src-shared/policy-text.ts', 'src-shared/result.ts'];
const ENTRY = 'src-shared/proof/verify-tool.ts';

/**
 * The checker of exports as a module that Node can run, made anew where its sources have changed. It is made apart from
 * the app, so that checking a file needs neither Electron nor a compiler.
 *
 * @param {Run} run
 * @param {string} [root] folder of the clone
 * @returns {Promise<typeof import('../../src-shared/proof/verify-tool.js')>}
 * @throws {StepError} where it cannot be made
 */
export async function ensureVerifier(run, root = rootFolder()) {
  const folder = join(stateFolder(root), 'verify');
  const module = join(folder, 'verify.mjs');
  const stamp = join(folder, 'stamp.json');
  const sources = await hashOf(root);
  const isCurrent = async () => {
    const known = await readJson(stamp);
    const made = await readFile(module, 'utf8').catch(() => '');
    return known?.sources === sources && known.module === hashParts([made]);
  };
  if (!(await isCurrent())) {
    await withLock(
      join(stateFolder(root), 'verify.lock'),
      async () => {
        if (await isCurrent()) return;
        await bundle(root, folder);
        await writeJson(stamp, { sources, module: hashParts([await readFile(module, 'utf8')]) });
      },
      {
        onWait: (pid) => say(`verify: waiting for process ${pid}, which is making the checker`),
        signal: run.signal,
      },
    );
  }
  return await import(pathToFileURL(module).href);
}

/** @param {string} root */
async function hashOf(root) {
  const listed = await Promise.all(
    SOURCES.map(async (folder) =>
      (await listFiles(join(root, folder))).map((file) => `${folder}/${file}`),
    ),
  );
  const files = [...listed.flat(), ...FILES, 'package-lock.json'];
  const contents = await Promise.all(
    files.map((file) => readFile(join(root, file), 'utf8').catch(() => '')),
  );
  return hashParts(files.flatMap((file, index) => [file, contents[index] ?? '']));
}

/**
 * @param {string} root
 * @param {string} folder where to
 */
async function bundle(root, folder) {
  try {
    const { build } = await import('vite');
    await build({
      root,
      configFile: false,
      logLevel: 'error',
      // Everything in one file, so that it goes on working whatever happens to the packages.
      ssr: { noExternal: true },
      build: {
        ssr: ENTRY,
        outDir: folder,
        target: 'node20',
        minify: false,
        emptyOutDir: true,
        rolldownOptions: { output: { entryFileNames: 'verify.mjs', format: 'es' } },
      },
    });
  } catch (error) {
    throw new StepError(
      'Verify',
      `the checker cannot be made: ${/** @type {Error} */ (error).message}`,
    );
  }
}
