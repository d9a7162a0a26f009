import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { provenEntries, type SignedEntry } from '../../../src-server/decisions/signed-runs.js';

const entry = (chain: string, seq: number, signature = 'good', kid = 'k'): SignedEntry => ({
  chain,
  seq,
  prev: `${chain}${seq - 1}`,
  entryHash: `${chain}${seq}`,
  kid,
  signature,
});

async function check(entries: readonly SignedEntry[]) {
  let checks = 0;
  const proven = await provenEntries(entries, ({ signature }) => {
    checks += 1;
    return Promise.resolve(signature === 'good');
  });
  return { proven, checks };
}

describe('a run of signed entries', () => {
  it('is proven by the signature of its last entry', async () => {
    const run = [1, 2, 3, 4].map((seq) => entry('a', seq));
    expect(await check(run)).toEqual({ proven: [true, true, true, true], checks: 1 });
  });

  it('is checked entry by entry where its last one is not signed', async () => {
    const run = [entry('a', 1), entry('a', 2, 'bad'), entry('a', 3), entry('a', 4, 'bad')];
    expect(await check(run)).toEqual({ proven: [true, false, true, false], checks: 4 });
  });

  it.each([
    ['a gap', [entry('a', 1, 'bad'), entry('a', 3)]],
    ['the wrong order', [entry('a', 2, 'bad'), entry('a', 1)]],
    ['a repetition', [entry('a', 1, 'bad'), entry('a', 1)]],
    ['a wrong link', [entry('a', 1, 'bad'), { ...entry('a', 2), prev: 'elsewhere' }]],
    ['a number left out', [entry('a', 1, 'bad'), { ...entry('a', 3), prev: 'a1' }]],
    ['another key', [entry('a', 1, 'bad', 'j'), entry('a', 2)]],
    ['another chain', [entry('a', 1, 'bad'), { ...entry('a', 2), chain: 'b' }]],
  ])('does not reach over %s', async (_what, entries) => {
    expect((await check(entries)).proven).toEqual([false, true]);
  });

  it('is found where chains stand mixed', async () => {
    const mixed = [entry('a', 1), entry('b', 5), entry('a', 2), entry('b', 6)];
    expect(await check(mixed)).toEqual({ proven: [true, true, true, true], checks: 2 });
  });

  it('proves exactly what its own signature or that of a later entry linked to it proves', async () => {
    const any = fc.record({
      chain: fc.constantFrom('a', 'b'),
      seq: fc.integer({ min: 1, max: 4 }),
      signature: fc.constantFrom('good', 'bad'),
      kid: fc.constantFrom('k', 'j'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(any, { maxLength: 10 }), async (drawn) => {
        const entries = drawn.map((one) => entry(one.chain, one.seq, one.signature, one.kid));
        const { proven, checks } = await check(entries);
        expect(checks).toBeLessThanOrEqual(entries.length);
        entries.forEach((one, index) => {
          // Whoever signs a hash signs everything that hash is made of.
          const holds = entries.some(
            (later, at) =>
              at >= index &&
              later.chain === one.chain &&
              later.kid === one.kid &&
              later.seq - one.seq <= at - index &&
              later.seq >= one.seq &&
              later.signature === 'good',
          );
          if (one.signature === 'good') expect(proven[index]).toBe(true);
          if (proven[index] === true) expect(holds).toBe(true);
        });
      }),
    );
  });
});
