import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  settle,
  type CheckedDecision,
  type KeptDecision,
} from '../../../src-server/decisions/settle.js';

const decision = (id: string, seq: number, jcs = id, chain = 'c'): CheckedDecision => ({
  id,
  chain,
  seq,
  jcs,
});
const kept = (one: CheckedDecision, ofThisAccount = true): KeptDecision => ({
  ...one,
  receivedAtMs: 1,
  ofThisAccount,
});

describe('settling decisions', () => {
  it('answers a repeat with the first time of receipt', () => {
    const one = decision('a', 1);
    expect(settle([one, one], [kept(one)], 2)).toEqual([
      { status: 'repeated', receivedAtMs: 1 },
      { status: 'repeated', receivedAtMs: 1 },
    ]);
    expect(settle([one, one], [], 2)).toEqual([
      { status: 'received', receivedAtMs: 2 },
      { status: 'repeated', receivedAtMs: 2 },
    ]);
  });

  it('tells a conflict from a fork', () => {
    const known = [kept(decision('a', 1))];
    expect(settle([decision('a', 1, 'other')], known, 2)).toEqual([
      { status: 'refused', problem: 'decision-conflict' },
    ]);
    expect(settle([decision('b', 1)], known, 2)).toEqual([
      { status: 'refused', problem: 'chain-fork' },
    ]);
    expect(settle([decision('b', 1, 'b', 'other chain')], known, 2)[0]?.status).toBe('received');
  });

  it('lets no place of another account stand in the way', () => {
    expect(settle([decision('b', 1)], [kept(decision('a', 1), false)], 2)[0]?.status).toBe(
      'received',
    );
  });

  it('comes to the same rows whether sent at once, one by one or again', () => {
    const any = fc.record({
      id: fc.constantFrom('a', 'b', 'c'),
      seq: fc.nat({ max: 2 }),
      jcs: fc.constantFrom('x', 'y'),
      chain: fc.constantFrom('c', 'd'),
    });
    const rowsAfter = (batches: readonly (readonly CheckedDecision[])[]): KeptDecision[] => {
      const rows: KeptDecision[] = [];
      for (const batch of batches) {
        const settled = settle(batch, rows, 1);
        rows.push(
          ...batch.filter((_, at) => settled[at]?.status === 'received').map((one) => kept(one)),
        );
      }
      return rows;
    };
    fc.assert(
      fc.property(fc.array(any, { maxLength: 8 }), (sent) => {
        const atOnce = rowsAfter([sent]);
        expect(rowsAfter(sent.map((one) => [one]))).toEqual(atOnce);
        expect(rowsAfter([sent, sent])).toEqual(atOnce);
        expect(new Set(atOnce.map((row) => row.id)).size).toBe(atOnce.length);
        expect(new Set(atOnce.map((row) => `${row.chain} ${row.seq}`)).size).toBe(atOnce.length);
      }),
    );
  });
});
