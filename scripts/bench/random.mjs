/**
 * A small generator of numbers that look random and are the same for the same seed (a 32-bit counter, scrambled). Enough for
 * choosing an order and drawing samples; for nothing that has to be secret.
 *
 * @param {number} seed a whole number
 * @returns {() => number} the next number, at least 0 and below 1
 */
export function seededRandom(seed) {
  let counter = seed >>> 0;
  return () => {
    counter = (counter + 0x9e3779b9) >>> 0;
    let mixed = counter;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
}
