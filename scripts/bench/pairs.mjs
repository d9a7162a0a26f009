/**
 * @typedef {object} Pairs what was measured, one of each in every pair
 * @property {number[]} ours
 * @property {number[]} baseline
 */

/**
 * Measures two things side by side: in each pair once the one and once the other, in an order that is drawn anew, so that a
 * machine that is slow for a while is slow for both, and neither profits from coming second. Benchmark libraries (tinybench,
 * mitata) measure one thing to its end and then the next; on a noisy machine the ratio of two such runs says little.
 *
 * @param {object} options
 * @param {number} options.pairs how many pairs count
 * @param {number} [options.warmUp] how many come before them and are thrown away
 * @param {() => number} options.random
 * @param {() => number | Promise<number>} options.ours does it once and answers how long it took
 * @param {() => number | Promise<number>} options.baseline
 * @returns {Promise<Pairs>}
 */
export async function alternate({ pairs, warmUp = 0, random, ours, baseline }) {
  /** @type {Pairs} */
  const measured = { ours: [], baseline: [] };
  for (let pair = -warmUp; pair < pairs; pair += 1) {
    const oursFirst = random() < 0.5;
    const first = await (oursFirst ? ours() : baseline());
    const second = await (oursFirst ? baseline() : ours());
    if (pair < 0) continue;
    measured.ours.push(oursFirst ? first : second);
    measured.baseline.push(oursFirst ? second : first);
  }
  return measured;
}
