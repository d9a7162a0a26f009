/**
 * @typedef {object} Section one part of `docs/measured.md`, made by one command at one time
 * @property {string} title
 * @property {string} measuredAt UTC
 * @property {string} command
 * @property {number} seed
 * @property {string[]} lines Markdown
 */

/**
 * @param {Section[]} sections
 * @param {string} machine what it was measured on
 * @returns {string} `docs/measured.md`
 */
export function measuredDocument(sections, machine) {
  const parts = sections.flatMap(({ title, measuredAt, command, seed, lines }) => [
    `## ${title}`,
    '',
    `${measuredAt}, \`${command}\`, seed ${seed}.`,
    '',
    ...lines,
    '',
  ]);
  return [
    '# What was measured',
    '',
    `Written by \`npm run test:deep\` on ${machine}.`,
    '',
    ...parts,
  ].join('\n');
}

/**
 * @param {import('./tests.mjs').DeepTests} tests
 * @returns {string[]}
 */
export function testLines({ counts, long }) {
  const { passed, failed, skipped } = counts;
  return [
    `${passed} passed, ${failed} failed, ${skipped} skipped. 100,000 histories for each property, 1,000 kills, 2,000 flipped bits.`,
    '',
    '| test | seconds | |',
    '|---|---|---|',
    ...long.map(
      (test) =>
        `| ${test.name.replaceAll('|', '\\|')} (${test.file}) | ${test.seconds.toFixed(1)} | ${test.passed ? 'passed' : '**failed**'} |`,
    ),
  ];
}

/**
 * @param {import('../bench/rows.mjs').Row[]} rows
 * @returns {string[]}
 */
export function benchLines(rows) {
  const figure = (/** @type {number | null} */ value) =>
    value === null ? '–' : String(Number(value.toPrecision(4)));
  return [
    '| row | ours | baseline | unit | ratio (95 %) | goal | met | pairs |',
    '|---|---|---|---|---|---|---|---|',
    ...rows.map(({ name, ours, baseline, unit, ratio, interval, goal, met, runs }) => {
      const range = interval ? ` (${figure(interval[0])} to ${figure(interval[1])})` : '';
      const said = met === null ? '' : met ? 'yes' : '**no**';
      return `| ${name} | ${figure(ours)} | ${figure(baseline)} | ${unit ?? ''} | ${figure(ratio)}${range} | ${goal ?? ''} | ${said} | ${runs} |`;
    }),
    '',
    ...rows.flatMap(({ name, what, notes }) =>
      [what, ...notes].filter(Boolean).map((note) => `- ${name}: ${note}`),
    ),
  ];
}
