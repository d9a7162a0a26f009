import { median, quantileOf, ratioOfMedians } from './statistics.mjs';

/**
 * @typedef {object} Goal what the ratio has to be
 * @property {'at most' | 'at least'} is
 * @property {number} ratio
 * @property {'lower end'} [by] judged by the lower end of the 95 % interval instead of by the ratio itself
 *
 * @typedef {object} Limit what a value has to stay within that stands beside nothing
 * @property {'at most'} is
 * @property {number} value in the row's unit
 * @property {number} quantile such as 0.95: as many of the values as that have to stay within it; 1 for all
 *
 * @typedef {object} Measured what one measurement answers
 * @property {string} name
 * @property {string} unit of `ours` and `baseline`
 * @property {string} what what is divided by what, in words
 * @property {number[]} ours one value for each pair
 * @property {number[]} baseline empty where there is nothing to compare with
 * @property {Goal | Limit | null} goal null where the figure only stands beside another
 * @property {string[]} notes
 *
 * @typedef {object} Row one line of the result
 * @property {string} name
 * @property {number | null} ours the median; where the goal is a limit, the quantile that it is about
 * @property {number | null} baseline the median
 * @property {number | null} ratio
 * @property {[number, number] | null} interval holds the ratio with 95 % confidence
 * @property {string | null} goal in words
 * @property {boolean | null} met null where there is no goal or no figure
 * @property {string | null} unit
 * @property {number} runs pairs that counted
 * @property {string} what
 * @property {string[]} notes
 */

/**
 * @param {Measured} measured
 * @param {() => number} random
 * @returns {Row}
 */
export function rowOf(measured, random) {
  const { name, unit, what, ours, baseline, goal, notes } = measured;
  if (goal && 'value' in goal) return rowWithin(measured, goal);
  const { ratio, interval } = ratioOfMedians({ ours, baseline }, random);
  const judged = goal?.by === 'lower end' ? interval[0] : ratio;
  const met = goal && (goal.is === 'at most' ? judged <= goal.ratio : judged >= goal.ratio);
  return {
    name,
    ours: median(ours),
    baseline: median(baseline),
    ratio,
    interval,
    goal: goal && goalInWords(goal),
    met,
    unit,
    runs: ours.length,
    what,
    notes,
  };
}

/**
 * The row of values that are held against a limit instead of against other values.
 *
 * @param {Measured} measured
 * @param {Limit} limit
 * @returns {Row}
 */
function rowWithin({ name, unit, what, ours, notes }, { value, quantile }) {
  const reached = quantileOf(ours, quantile);
  const which = quantile === 1 ? 'slowest' : `p${quantile * 100}`;
  return {
    name,
    ours: reached,
    baseline: null,
    ratio: null,
    interval: null,
    goal: `${which} <= ${value} ${unit}`,
    met: reached <= value,
    unit,
    runs: ours.length,
    what,
    notes: [
      `ours is the ${which}; median ${Number(median(ours).toPrecision(4))} ${unit}`,
      ...notes,
    ],
  };
}

/**
 * The row of a measurement that could not be made: it has no figures, and says why.
 *
 * @param {string} name
 * @param {string} why
 * @returns {Row}
 */
export function rowWithout(name, why) {
  const nothing = { ours: null, baseline: null, ratio: null, interval: null, unit: null };
  return { name, ...nothing, goal: null, met: null, runs: 0, what: '', notes: [why] };
}

/** @param {Goal} goal */
function goalInWords({ is, ratio, by }) {
  return `${is === 'at most' ? '<=' : '>='} ${ratio}${by ? ` (${by})` : ''}`;
}
