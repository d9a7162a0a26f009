import { scoreOf, total } from './report.mjs';

/**
 * @typedef {object} Reason why a survivor is let live
 * @property {string} file
 * @property {string} source the line it is in, without its indentation
 * @property {string} replacement what Stryker put there
 * @property {string} why
 */

/**
 * `docs/mutation.md`: how many changes of the pure rules the tests notice, and why the others are let live.
 *
 * @param {import('./report.mjs').MutationResult} result
 * @param {Reason[]} reasons
 * @param {{ measuredAt: string, command: string, seed: number }} run
 * @returns {string}
 */
export function mutationDocument({ files, survivors }, reasons, { measuredAt, command, seed }) {
  const sum = total(files);
  const rows = [...files, { file: '**all**', ...sum }].map((counts) => {
    const { file, killed, survived, uncovered } = counts;
    return `| ${file} | ${killed} | ${survived} | ${uncovered} | ${scoreOf(counts).toFixed(1)} |`;
  });
  const lines = survivors.map((survivor) => {
    const { file, line, original, replacement } = survivor;
    return `- ${file}:${line} ${code(original)} → ${code(replacement)}: ${whyOf(survivor, reasons)}`;
  });
  return [
    '# How much of the pure rules the tests hold',
    '',
    'Stryker changes `src-shared/consent` and `src-shared/ledger` in one place at a time and runs the tests that reach it, with 50',
    'random histories for each property and a fixed seed. A change that no test notices survives. Below 90 % the command fails.',
    '',
    `${measuredAt}, \`${command}\`, seed ${seed}.`,
    '',
    '| file | noticed | survived | not reached | % |',
    '|---|---|---|---|---|',
    ...rows,
    '',
    '## What survived, and why it may',
    '',
    ...(lines.length > 0 ? lines : ['Nothing.']),
    '',
  ].join('\n');
}

/**
 * @param {import('./report.mjs').Survivor} survivor
 * @param {Reason[]} reasons
 */
function whyOf({ file, source, replacement }, reasons) {
  const found = reasons.find(
    (reason) =>
      reason.file === file && reason.source === source && reason.replacement === replacement,
  );
  return found?.why ?? 'not explained yet.';
}

/** @param {string} text */
function code(text) {
  return `\`${text.replaceAll(/\s+/g, ' ').replaceAll('`', "'")}\``;
}
