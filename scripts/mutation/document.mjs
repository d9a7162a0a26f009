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
 * @param {number} seed of the random draws
 * @returns {string}
 */
export function mutationDocument({ files, survivors }, reasons, seed) {
  const sum = total(files);
  const rows = [...files, { file: '**all**', measuredOn: '', ...sum }].map((counts) => {
    const { file, measuredOn, killed, survived, uncovered } = counts;
    const cells = [file, killed, survived, uncovered, scoreOf(counts).toFixed(1), measuredOn];
    return `| ${cells.join(' | ')} |`;
  });
  const lines = survivors.map((survivor) => {
    const { file, line, original, replacement } = survivor;
    return `- ${file}:${line} ${code(original)} → ${code(replacement)}: ${whyOf(survivor, reasons)}`;
  });
  return [
    '# How much of the pure rules the tests hold',
    '',
    'Stryker changes `src-shared/consent` and `src-shared/ledger` in one place at a time and runs the tests that are about that',
    'file (`test/mutation/chunks.json`), with fewer random draws than usual and the same in every run. A change that no test',
    'notices survives. Below 90 % the command fails.',
    '',
    `Written by \`npm run mutation\`, seed ${seed}; \`npm run mutation -- <chunk>\` measures one chunk anew and keeps the others.`,
    '',
    '| file | noticed | survived | not reached | % | measured on |',
    '|---|---|---|---|---|---|',
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
