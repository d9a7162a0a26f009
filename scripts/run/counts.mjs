/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {string[]} failures what has failed, each with its name and its first lines
 */

/** A long difference is above, where it happened; the end of a run only has to say enough to look there. */
const LINES_OF_A_FAILURE = 25;

/**
 * Counts a run of Vitest by its JSON report. What has failed without any single test saying so (a file that does not load, a
 * hook, an error outside all tests, a crash, or that there were no tests at all) counts as one failure.
 *
 * @param {any} report the parsed report; undefined if there is none
 * @param {number} exitCode of Vitest
 * @returns {Counts}
 */
export function countVitest(report, exitCode) {
  if (!Array.isArray(report?.testResults)) {
    return {
      passed: 0,
      failed: 1,
      skipped: 0,
      failures: [`Vitest ended with code ${exitCode} and without a report`],
    };
  }
  const counts = { passed: 0, failed: 0, skipped: 0 };
  /** @type {string[]} */
  const inTests = [];
  /** @type {string[]} */
  const outside = [];
  for (const file of report.testResults) {
    /** @type {string[]} */
    const states = file.assertionResults.map((/** @type {any} */ test) => test.status);
    counts.passed += states.filter((state) => state === 'passed').length;
    counts.failed += states.filter((state) => state === 'failed').length;
    counts.skipped += states.filter((state) => state !== 'passed' && state !== 'failed').length;
    if (file.status === 'failed' && !states.includes('failed'))
      outside.push(inShort(`${file.name} failed outside its tests`, [file.message]));
    for (const test of file.assertionResults)
      if (test.status === 'failed')
        inTests.push(inShort(`${file.name}: ${test.fullName}`, test.failureMessages));
  }
  if (counts.passed + counts.failed + counts.skipped === 0 && outside.length === 0)
    outside.push('no tests were found');
  if (exitCode !== 0 && counts.failed === 0 && outside.length === 0)
    outside.push(`Vitest ended with code ${exitCode} though every test passed`);
  return {
    ...counts,
    failed: counts.failed + outside.length,
    failures: [...inTests, ...outside],
  };
}

/**
 * @param {string} name of what has failed
 * @param {(string | undefined)[] | undefined} messages
 * @returns {string} the name and, indented, how each message begins, without its way through the tools
 */
export function inShort(name, messages) {
  const lines = (messages ?? []).flatMap((message) =>
    (message ?? '')
      .split('\n')
      .filter((line) => line !== '' && !line.includes('node_modules'))
      .slice(0, LINES_OF_A_FAILURE),
  );
  return [name, ...lines.map((line) => `  ${line}`)].join('\n');
}

/**
 * @param {Counts[]} parts
 * @returns {Counts}
 */
export function sum(parts) {
  return parts.reduce(
    (total, part) => ({
      passed: total.passed + part.passed,
      failed: total.failed + part.failed,
      skipped: total.skipped + part.skipped,
      failures: [...total.failures, ...part.failures],
    }),
    { passed: 0, failed: 0, skipped: 0, failures: /** @type {string[]} */ ([]) },
  );
}

/**
 * @param {Omit<Counts, 'failures'>} counts
 * @returns {string} the line that `npm test` ends with
 */
export function inWords({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
