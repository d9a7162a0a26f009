import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cursorSchema } from '../../../src-shared/api-contract.js';
import { cursorAt, placeOf, readCursor } from '../../../src-server/decisions/cursor.js';
import { cutPage, type PageItem } from '../../../src-server/decisions/page.js';

const FEED = '00ff00ff00ff00ff';
const OTHER = '00ff00ff00ff00fe';
const place = (position: number) => placeOf({ id: 'id', position, received_at_ms: 1 });

describe('a cursor', () => {
  it('comes back as the place it was made of, to the database that gave it out', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (position) => {
        const at = place(position);
        const cursor = cursorSchema.parse(cursorAt(FEED, at));
        expect(readCursor(FEED, cursor)).toEqual({ kind: 'place', place: at });
        expect(readCursor(OTHER, cursor)).toEqual({ kind: 'expired' });
      }),
    );
    expect(readCursor(FEED, cursorAt(FEED, null))).toEqual({ kind: 'start' });
  });

  it('carries a mark of the entry it stands behind and of when that came', () => {
    const row = { id: 'id', position: 7, received_at_ms: 1 };
    const others = [
      { ...row, id: 'other' },
      { ...row, received_at_ms: 2 },
    ];
    const marks = [row, ...others].map((one) => placeOf(one).mark);
    expect(new Set(marks).size).toBe(3);
  });

  it('of a server before there were feeds has expired', () => {
    const encode = (text: string): string => Buffer.from(text).toString('base64url');
    for (const position of ['1', '42', '9007199254740991']) {
      expect(readCursor(FEED, encode(position))).toEqual({ kind: 'expired' });
    }
  });

  it('is taken only as it was given out', () => {
    const encode = (text: string): string => Buffer.from(text).toString('base64url');
    for (const text of ['0', '01', '-1', '1.5', '1e3', ' 1', 'x', 'Infinity']) {
      expect(readCursor(FEED, encode(text))).toEqual({ kind: 'none' });
    }
    const good = cursorAt(FEED, place(1));
    const nowhere = cursorAt(FEED, { ...place(1), position: 0 });
    const beyond = cursorAt(FEED, { ...place(1), position: 2 ** 53 });
    for (const cursor of ['*', `${good}A`, `${good}AAAA`, good.slice(4), nowhere, beyond]) {
      expect(readCursor(FEED, cursor)).toEqual({ kind: 'none' });
    }
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
