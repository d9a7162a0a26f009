import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';

/** A program of `test/support/client` that runs in a process of its own. */
export interface BundledProgram {
  /** Starts it; its `main` gets the arguments. */
  start(args: readonly string[]): RunningChild;
  /** Starts it in a shell that has run `before`, such as `ulimit -f 100`. */
  startAfter(before: string, args: readonly string[]): RunningChild;
  remove(): Promise<void>;
}

/** The process and what it has said. */
export interface RunningChild {
  readonly process: ChildProcess;
  /** Whole lines of standard output so far. */
  readonly lines: () => string[];
  readonly errors: () => string;
  /** Resolves when it has ended and everything it said was read. */
  readonly ended: Promise<void>;
}

/**
 * Bundles a program, because the runtime of the app reads no TypeScript.
 * @param folder where it lies.
 */
export async function bundledProgram(
  name: string,
  folder = import.meta.dirname,
): Promise<BundledProgram> {
  const root = path.resolve(import.meta.dirname, '../../..');
  // Below the project, so that it finds its packages.
  const outDir = path.join(root, '.sayso', `test-${name}-${process.pid}`);
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: path.join(folder, `${name}.ts`),
      outDir,
      target: 'node20',
      minify: false,
      rolldownOptions: { output: { entryFileNames: 'program.js', format: 'es' } },
    },
  });
  const url = pathToFileURL(path.join(outDir, 'program.js')).href;
  const script = `import(${JSON.stringify(url)}).then((program) => program.main(process.argv.slice(1)))`;
  const run = (command: string, args: readonly string[]): RunningChild => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    });
    const said = { out: '', err: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said.err += text));
    return {
      process: child,
      lines: () => said.out.split('\n').slice(0, -1),
      errors: () => said.err,
      ended: once(child, 'close').then(() => undefined),
    };
  };
  return {
    start: (args) => run(process.execPath, ['-e', script, '--', ...args]),
    startAfter: (before, args) =>
      run('sh', ['-c', `${before}; exec "$0" "$@"`, process.execPath, '-e', script, '--', ...args]),
    remove: () => rm(outDir, { recursive: true, force: true }),
  };
}
