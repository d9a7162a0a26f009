import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBatchSize } from '../../../src-main/sync/batch-size.js';
import { LARGEST_BATCH } from '../../../src-main/sync/parcel.js';

describe('how much goes into one request', () => {
  it('is as much as the interface takes, and as many of a page as the service likes', () => {
    const size = createBatchSize();
    expect(size.limits()).toEqual(LARGEST_BATCH);
    expect(size.pageLimit()).toBeUndefined();
  });

  it('is less after each request that came to nothing, but never nothing', () => {
    const size = createBatchSize();
    const entries: number[] = [];
    for (let round = 0; round < 6; round += 1) {
      size.shrink();
      entries.push(size.limits().entries);
    }
    expect(entries).toEqual([125, 31, 7, 4, 4, 4]);
    expect(size.limits().bytes).toBe(16 * 1024);
    expect(size.pageLimit()).toBe(4);
  });

  it('is the whole again after a few that got through', () => {
    const size = createBatchSize();
    for (let round = 0; round < 9; round += 1) size.shrink();
    for (let round = 0; round < 4; round += 1) size.grow();
    expect(size.limits()).toEqual(LARGEST_BATCH);
    expect(size.pageLimit()).toBeUndefined();
  });

  it('stays within its bounds, whatever happens', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 40 }), (went) => {
        const size = createBatchSize();
        for (const one of went) {
          if (one) size.grow();
          else size.shrink();
          const { entries, bytes } = size.limits();
          expect(entries).toBeGreaterThanOrEqual(4);
          expect(entries).toBeLessThanOrEqual(LARGEST_BATCH.entries);
          expect(bytes).toBeGreaterThanOrEqual(16 * 1024);
          expect(bytes).toBeLessThanOrEqual(LARGEST_BATCH.bytes);
        }
      }),
    );
  });
});
