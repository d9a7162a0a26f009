/**
 * @typedef {object} Survivor a change of the source that no test noticed
 * @property {string} file
 * @property {number} line
 * @property {string} mutator
 * @property {string} source the line as it stands, without its indentation
 * @property {string} original what was replaced
 * @property {string} replacement
 *
 * @typedef {object} FileScore
 * @property {string} file
 * @property {string} measuredOn day, `YYYY-MM-DD`
 * @property {number} killed noticed by a test; a mutant that makes a test run for ever counts
 * @property {number} survived
 * @property {number} uncovered survived because no test reaches it
 *
 * @typedef {object} MutationResult
 * @property {FileScore[]} files
 * @property {Survivor[]} survivors
 */

const KILLED = ['Killed', 'Timeout'];
const ALIVE = ['Survived', 'NoCoverage'];

/**
 * Reads Stryker's JSON report (mutation testing report schema 2).
 *
 * @param {any} report
 * @param {string} measuredOn day, `YYYY-MM-DD`
 * @returns {MutationResult}
 */
export function readReport(report, measuredOn) {
  const entries = Object.entries(report.files).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    files: entries.map(([file, { mutants }]) => {
      const count = (/** @type {string[]} */ states) =>
        mutants.filter((/** @type {any} */ mutant) => states.includes(mutant.status)).length;
      const uncovered = count(['NoCoverage']);
      return {
        file,
        measuredOn,
        killed: count(KILLED),
        survived: count(['Survived']),
        uncovered,
      };
    }),
    survivors: entries.flatMap(([file, { source, mutants }]) =>
      mutants
        .filter((/** @type {any} */ mutant) => ALIVE.includes(mutant.status))
        .map((/** @type {any} */ mutant) => survivorOf(file, source, mutant)),
    ),
  };
}

/**
 * @param {string} file
 * @param {string} text
 * @param {any} mutant
 * @returns {Survivor}
 */
function survivorOf(file, text, { mutatorName, replacement, location: { start, end } }) {
  const lines = text.split('\n');
  const first = lines[start.line - 1] ?? '';
  const original =
    start.line === end.line
      ? first.slice(start.column - 1, end.column - 1)
      : `${first.slice(start.column - 1)} …`;
  return {
    file,
    line: start.line,
    mutator: mutatorName,
    source: first.trim(),
    original,
    replacement,
  };
}

/**
 * @param {Pick<FileScore, 'killed' | 'survived' | 'uncovered'>} counts
 * @returns {number} noticed mutants in percent
 */
export function scoreOf({ killed, survived, uncovered }) {
  const all = killed + survived + uncovered;
  return all === 0 ? 100 : (100 * killed) / all;
}

/**
 * @param {FileScore[]} files
 * @returns {Pick<FileScore, 'killed' | 'survived' | 'uncovered'>}
 */
export function total(files) {
  const none = { killed: 0, survived: 0, uncovered: 0 };
  return files.reduce(
    (sum, { killed, survived, uncovered }) => ({
      killed: sum.killed + killed,
      survived: sum.survived + survived,
      uncovered: sum.uncovered + uncovered,
    }),
    none,
  );
}
