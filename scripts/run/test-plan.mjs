/**
 * @typedef {object} TestPlan what one call of `npm test` runs
 * @property {import('./checks.mjs').Group[]} checks
 * @property {string[]} projects those of test/vitest.config.ts, run inside Electron's Node
 * @property {boolean} endToEnd whether the end-to-end tests run
 * @property {string[]} rest further arguments for Vitest
 */

/** @type {import('./checks.mjs').Group[]} */
const CHECKS = ['types', 'lint'];
const PROJECTS = ['unit', 'model', 'integration'];
const END_TO_END = 'e2e';

/**
 * Reads the arguments of `npm test`: first the phases wanted (all, if none is named), then whatever Vitest should get.
 *
 * @param {string[]} args
 * @returns {TestPlan}
 */
export function planTests(args) {
  const known = [...CHECKS, ...PROJECTS, END_TO_END];
  const firstOther = args.findIndex((arg) => !known.includes(arg));
  const named = firstOther === -1 ? args : args.slice(0, firstOther);
  const rest = firstOther === -1 ? [] : args.slice(firstOther);
  const wanted = named.length === 0 ? known : named;
  return {
    checks: CHECKS.filter((group) => wanted.includes(group)),
    projects: PROJECTS.filter((project) => wanted.includes(project)),
    endToEnd: wanted.includes(END_TO_END),
    rest,
  };
}
