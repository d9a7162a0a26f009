import { join } from 'node:path';
import { capture } from '../lib/child.mjs';
import { rootFolder } from '../lib/paths.mjs';
import { say } from '../lib/say.mjs';
import { inShort, sum } from './counts.mjs';

/**
 * @typedef {import('../lib/child.mjs').Run} Run
 * @typedef {'types' | 'lint'} Group
 * @typedef {{ name: string, args: string[] }} Check a tool, as a script in node_modules with its arguments
 */

/** @type {Record<Group, Check[]>} */
const CHECKS = {
  types: [
    {
      name: 'svelte-check',
      args: [
        'svelte-check/bin/svelte-check',
        ...['--tsconfig', 'src-renderer/tsconfig.json', '--fail-on-warnings'],
      ],
    },
    { name: 'tsc', args: ['typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json'] },
  ],
  lint: [
    { name: 'eslint', args: ['eslint/bin/eslint.js', '.', '--max-warnings', '0'] },
    {
      name: 'prettier',
      args: ['prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'],
    },
    { name: 'knip', args: ['knip/bin/knip.js'] },
  ],
};

/** Two at a time: each keeps one core busy, and more would only compete for memory. */
const LANES = 2;

/** The longest one first, so that no core is left idle while it is the only one under way. */
const BY_LENGTH = ['eslint', 'tsc', 'prettier', 'svelte-check', 'knip'];

/**
 * Runs the tools that only read the sources. Each one's output is shown when it has ended, so that they do not mix.
 *
 * @param {Run} run
 * @param {Group[]} groups
 * @returns {Promise<import('./counts.mjs').Counts>} one for each tool
 */
export async function runChecks(run, groups) {
  const waiting = groups
    .flatMap((group) => CHECKS[group])
    .sort((a, b) => BY_LENGTH.indexOf(a.name) - BY_LENGTH.indexOf(b.name));
  const ended = /** @type {import('./counts.mjs').Counts[]} */ ([]);
  const lane = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift())
      ended.push(await runCheck(run, check));
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return sum(ended);
}

/**
 * @param {Run} run
 * @param {Check} check
 * @returns {Promise<import('./counts.mjs').Counts>} of one
 */
async function runCheck(run, { name, args: [script = '', ...args] }) {
  const root = rootFolder();
  const startedMs = Date.now();
  const ending = await capture(
    run,
    process.execPath,
    [join(root, 'node_modules', script), ...args],
    { cwd: root },
  );
  const seconds = ((Date.now() - startedMs) / 1000).toFixed(1);
  if (ending.code === 0) {
    say(`${name}: passed in ${seconds} s`);
    return { passed: 1, failed: 0, skipped: 0, failures: [] };
  }
  const output = `${ending.stdout}${ending.stderr}`.trim();
  say(output);
  say(`${name}: FAILED after ${seconds} s`);
  return { passed: 0, failed: 1, skipped: 0, failures: [inShort(name, [output])] };
}
