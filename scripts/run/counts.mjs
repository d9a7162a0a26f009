/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * Counts a run of Vitest by its JSON report. What has failed without any single test saying so (a file that does not load, a
 * hook, an error outside all tests, a crash, or that there were no tests at all) counts as one failure.
 *
 * @param {any} report the parsed report; undefined if there is none
 * @param {number} exitCode of Vitest
 * @returns {Counts & { notes: string[] }} notes name the failures that no test has reported
 */
export function countVitest(report, exitCode) {
  if (!Array.isArray(report?.testResults)) {
    return {
      passed: 0,
      failed: 1,
      skipped: 0,
      notes: [`Vitest ended with code ${exitCode} and without a report`],
    };
  }
  const counts = { passed: 0, failed: 0, skipped: 0 };
  /** @type {string[]} */
  const notes = [];
  for (const file of report.testResults) {
    /** @type {string[]} */
    const states = file.assertionResults.map((/** @type {any} */ test) => test.status);
    counts.passed += states.filter((state) => state === 'passed').length;
    counts.failed += states.filter((state) => state === 'failed').length;
    counts.skipped += states.filter((state) => state !== 'passed' && state !== 'failed').length;
    if (file.status === 'failed' && !states.includes('failed'))
      notes.push(`${file.name} failed outside its tests`);
  }
  if (counts.passed + counts.failed + counts.skipped === 0 && notes.length === 0)
    notes.push('no tests were found');
  if (exitCode !== 0 && counts.failed === 0 && notes.length === 0)
    notes.push(`Vitest ended with code ${exitCode} though every test passed`);
  return { ...counts, failed: counts.failed + notes.length, notes };
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
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}

/**
 * @param {Counts} counts
 * @returns {string} the line that `npm test` ends with
 */
export function inWords({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
