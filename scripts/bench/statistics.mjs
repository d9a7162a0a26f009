/** How often the pairs are drawn again for an interval. */
const RESAMPLES = 1000;

/**
 * @param {readonly number[]} values at least one
 * @returns {number} the one in the middle; the mean of the two in the middle where their number is even
 */
export function median(values) {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/**
 * @param {readonly number[]} values at least one
 * @param {number} quantile from 0 to 1
 * @returns {number} the smallest of the values that as many as that do not exceed (nearest rank)
 */
export function quantileOf(values, quantile) {
  const sorted = Float64Array.from(values).sort();
  const rank = Math.max(1, Math.ceil(quantile * sorted.length));
  return sorted[rank - 1] ?? Number.NaN;
}

/**
 * The ratio of the medians and the interval that holds it with 95 % confidence, by the percentile bootstrap (Efron 1979): the
 * pairs are drawn again with replacement, whole, because what disturbs one half of a pair disturbs the other.
 *
 * @param {import('./pairs.mjs').Pairs} measured at least one pair
 * @param {() => number} random
 * @returns {{ ratio: number, interval: [number, number] }}
 */
export function ratioOfMedians({ ours, baseline }, random) {
  const count = ours.length;
  const ratios = Array.from({ length: RESAMPLES }, () => {
    const drawn = Array.from({ length: count }, () => Math.floor(random() * count));
    return (
      median(drawn.map((index) => ours[index] ?? Number.NaN)) /
      median(drawn.map((index) => baseline[index] ?? Number.NaN))
    );
  }).sort((a, b) => a - b);
  const at = (/** @type {number} */ part) =>
    ratios[Math.round(part * (RESAMPLES - 1))] ?? Number.NaN;
  return { ratio: median(ours) / median(baseline), interval: [at(0.025), at(0.975)] };
}
