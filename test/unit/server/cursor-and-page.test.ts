import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cursorSchema } from '../../../src-shared/api-contract.js';
import { cursorAt, positionOf } from '../../../src-server/decisions/cursor.js';
import { cutPage, type PageRow } from '../../../src-server/decisions/page.js';

describe('a cursor', () => {
  it('comes back as the position it was made of', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (position) => {
        const cursor = cursorSchema.parse(cursorAt(position));
        expect(positionOf(cursor)).toBe(position);
      }),
    );
  });

  it('is taken only as it was given out', () => {
    const encode = (text: string): string => Buffer.from(text).toString('base64url');
    for (const text of ['0', '01', '-1', '1.5', '1e3', ' 1', 'x', '9007199254740992', 'Infinity']) {
      expect(positionOf(encode(text))).toBeUndefined();
    }
    expect(positionOf('*')).toBeUndefined();
  });
});

describe('a page', () => {
  const rows = (sizes: readonly number[]): PageRow[] =>
    sizes.map((size, index) => ({
      position: (index + 1) * 10,
      jcs: 'x'.repeat(size),
      receivedAtMs: 0,
    }));

  it('ends at the limit and knows that more follow', () => {
    expect(cutPage(rows([1, 1, 1]), 0, 2, 1e6)).toMatchObject({ upTo: 20, more: true });
    expect(cutPage(rows([1, 1]), 0, 2, 1e6)).toMatchObject({ upTo: 20, more: false });
    expect(cutPage([], 70, 2, 1e6)).toEqual({ rows: [], upTo: 70, more: false });
  });

  it('ends before it outgrows its bytes, but never before the first row', () => {
    expect(cutPage(rows([400, 400, 400]), 0, 9, 1000)).toMatchObject({ upTo: 20, more: true });
    expect(cutPage(rows([4000, 1]), 0, 9, 1000)).toMatchObject({ upTo: 10, more: true });
  });

  it('counts bytes and not characters', () => {
    const wide = rows([0, 0]).map((row) => ({ ...row, jcs: 'ß'.repeat(400) }));
    expect(cutPage(wide, 0, 9, 1000).rows).toHaveLength(1);
  });
});
