import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cursorSchema } from '../../../src-shared/api-contract.js';
import { cursorAt, positionOf } from '../../../src-server/decisions/cursor.js';
import { cutPage, type PageItem } from '../../../src-server/decisions/page.js';

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
  const items = (sizes: readonly number[]): PageItem[] =>
    sizes.map((bytes, index) => ({ position: (index + 1) * 10, bytes }));

  it('ends at the limit and knows that more follow', () => {
    expect(cutPage(items([1, 1, 1]), 0, 2, 1e6)).toMatchObject({ upTo: 20, more: true });
    expect(cutPage(items([1, 1]), 0, 2, 1e6)).toMatchObject({ upTo: 20, more: false });
    expect(cutPage([], 70, 2, 1e6)).toEqual({ items: [], upTo: 70, more: false });
  });

  it('ends before it outgrows its bytes, but never before the first row', () => {
    expect(cutPage(items([400, 400, 400]), 0, 9, 1000)).toMatchObject({ upTo: 20, more: true });
    expect(cutPage(items([4000, 1]), 0, 9, 1000)).toMatchObject({ upTo: 10, more: true });
  });
});
