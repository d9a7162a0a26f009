import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { capture, describeEnding, tail } from '../lib/child.mjs';
import { readJson } from '../lib/files.mjs';
import { rootFolder, stateFolder } from '../lib/paths.mjs';
import { StepError } from '../lib/step-error.mjs';
import { folderOnDisk } from './on-disk.mjs';

/**
 * @typedef {object} Program test/bench/program.ts, bundled
 * @property {(order: object) => Promise<any>} run runs it inside Electron's own Node and answers what it has written
 * @property {() => Promise<void>} remove
 */

/**
 * Bundles the program that measures the main process's rooms, because the runtime of the app reads no TypeScript.
 *
 * @param {import('../lib/child.mjs').Run} run
 * @param {string} executable the Electron that acts as Node
 * @returns {Promise<Program>}
 */
export async function bundleProgram(run, executable) {
  const root = rootFolder();
  // Below the project, so that it finds its packages.
  const outDir = join(stateFolder(), `bench-${process.pid}`);
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: join(root, 'test', 'bench', 'program.ts'),
      outDir,
      target: 'node20',
      minify: false,
      rolldownOptions: { output: { entryFileNames: 'program.js', format: 'es' } },
    },
  });
  const url = pathToFileURL(join(outDir, 'program.js')).href;
  const script = `import(${JSON.stringify(url)}).then((program) => program.main(process.argv.slice(1)))`;
  return {
    async run(order) {
      const folder = await mkdtemp(join(tmpdir(), 'sayso-bench-answer-'));
      try {
        const answer = join(folder, 'answer.json');
        const args = ['-e', script, '--', JSON.stringify({ ...order, answer })];
        const env = {
          ...process.env,
          ELECTRON_RUN_AS_NODE: '1',
          // What it commits is to wait for a disk, wherever temporary files go otherwise.
          TMPDIR: await folderOnDisk(),
        };
        const ending = await capture(run, executable, args, { env, cwd: root });
        const answered = await readJson(answer);
        if (ending.code === 0 && answered) return answered;
        const output = tail(ending.stdout + ending.stderr, 30);
        throw new StepError('Bench', `${describeEnding(ending)}\n${output}`);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
    remove: () => rm(outDir, { recursive: true, force: true }),
  };
}
