import { describe, expect, it } from 'vitest';
import { alternate } from '../../../scripts/bench/pairs.mjs';
import { seededRandom } from '../../../scripts/bench/random.mjs';
import { rowOf, rowWithout } from '../../../scripts/bench/rows.mjs';
import { median, ratioOfMedians } from '../../../scripts/bench/statistics.mjs';

const measured = {
  name: 'a row',
  unit: 'ms',
  what: 'one thing ÷ another',
  ours: [2, 2.2, 1.8, 2.1, 1.9],
  baseline: [1, 1, 1, 1, 1],
  notes: [],
};

describe('the figures of a benchmark', () => {
  it('are medians: of an odd and of an even number, whatever the order', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([10, 1, 2, 3])).toBe(2.5);
  });

  it('come with an interval that holds the ratio and is the same for the same seed', () => {
    const { ratio, interval } = ratioOfMedians(measured, seededRandom(5));
    expect(ratio).toBe(2);
    expect(interval[0]).toBeGreaterThanOrEqual(1.8);
    expect(interval[0]).toBeLessThanOrEqual(2);
    expect(interval[1]).toBeGreaterThanOrEqual(2);
    expect(interval[1]).toBeLessThanOrEqual(2.2);
    expect(ratioOfMedians(measured, seededRandom(5)).interval).toEqual(interval);
  });

  it('meet a goal at its very bound and not beyond it', () => {
    const met = (goal: Parameters<typeof rowOf>[0]['goal']): boolean | null =>
      rowOf({ ...measured, goal }, seededRandom(1)).met;
    expect(met({ is: 'at most', ratio: 2 })).toBe(true);
    expect(met({ is: 'at most', ratio: 1.99 })).toBe(false);
    expect(met({ is: 'at least', ratio: 2 })).toBe(true);
    expect(met({ is: 'at least', ratio: 2.01 })).toBe(false);
    expect(met(null)).toBeNull();
  });

  it('are judged by the lower end of the interval where the goal says so', () => {
    const row = rowOf(
      { ...measured, goal: { is: 'at most', ratio: 1.9, by: 'lower end' } },
      seededRandom(1),
    );
    expect(row.goal).toBe('<= 1.9 (lower end)');
    expect(row.met).toBe((row.interval?.[0] ?? 0) <= 1.9);
  });

  it('are missing, not invented, where nothing could be measured', () => {
    const row = rowWithout('a row', 'not measured: no network');
    expect(row).toMatchObject({ ours: null, ratio: null, met: null, runs: 0 });
    expect(row.notes).toEqual(['not measured: no network']);
  });
});

describe('pairs', () => {
  it('hold one of each, in an order that changes, without those of the warm-up', async () => {
    const order: string[] = [];
    let turn = 0;
    const noting = (name: string) => () => {
      order.push(name);
      turn += 1;
      return name === 'ours' ? turn : -turn;
    };
    const pairs = await alternate({
      pairs: 40,
      warmUp: 2,
      random: seededRandom(3),
      ours: noting('ours'),
      baseline: noting('baseline'),
    });
    expect([pairs.ours.length, pairs.baseline.length, order.length]).toEqual([40, 40, 84]);
    expect(Math.min(...pairs.ours)).toBeGreaterThan(4);
    expect(Math.max(...pairs.baseline)).toBeLessThan(-4);
    const firsts = order.filter((_, index) => index % 2 === 0);
    expect(new Set(firsts)).toEqual(new Set(['ours', 'baseline']));
    for (let index = 0; index < order.length; index += 2) {
      expect(new Set(order.slice(index, index + 2)).size).toBe(2);
    }
  });
});

describe('the random numbers of a benchmark', () => {
  it('are the same for the same seed, others for another, and spread over 0 to 1', () => {
    const draw = (seed: number): number[] => {
      const random = seededRandom(seed);
      return Array.from({ length: 1000 }, random);
    };
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
    expect(Math.min(...draw(1))).toBeLessThan(0.02);
    expect(Math.max(...draw(1))).toBeGreaterThan(0.98);
    expect(Math.max(...draw(1))).toBeLessThan(1);
  });
});
