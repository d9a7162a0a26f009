import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @returns {Promise<{ name: string, text: string }[]>} the files of our start-up program */
export async function defaultAppSources() {
  const folder = join(dirname(fileURLToPath(import.meta.url)), 'default-app');
  return await Promise.all(
    ['main.mjs', 'arguments.mjs', 'hold-ready.mjs'].map(async (name) => ({
      name,
      text: await readFile(join(folder, name), 'utf8'),
    })),
  );
}

/**
 * Packs the program that Electron runs when it is given an app on the command line.
 *
 * @param {string} asarFile where to put the packed start-up program
 */
export async function packDefaultApp(asarFile) {
  const { createPackage } = await import('@electron/asar');
  const source = await mkdtemp(join(tmpdir(), 'sayso-default-app-'));
  try {
    for (const { name, text } of await defaultAppSources())
      await writeFile(join(source, name), text);
    await writeFile(
      join(source, 'package.json'),
      JSON.stringify({ name: 'Electron', type: 'module', main: 'main.mjs' }),
    );
    await createPackage(source, asarFile);
  } finally {
    await rm(source, { recursive: true, force: true });
  }
}
