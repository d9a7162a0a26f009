import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countFitting, LARGEST_BATCH } from '../../../src-main/sync/parcel.js';
import { MAX_BODY_BYTES, type Entry } from '../../../src-shared/api-contract.js';
import { newChain, newSigner } from '../../integration/server/support/signer.js';
import { idAt, sampleDecision } from '../../support/client/sample-decision.js';
import { tries } from '../../support/client/property.js';

const signer = newSigner();

/** A signed entry of roughly `ids` times 39 bytes. */
function large(place: number, ids: number): Entry {
  const purposes = Array.from({ length: Math.ceil(ids / 1000) }, (_, index) => `p${index}`);
  const supersedes = Object.fromEntries(
    purposes.map((purpose) => [
      purpose,
      Array.from({ length: Math.min(ids, 1000) }, () => idAt(1)),
    ]),
  );
  return newChain(signer).next(sampleDecision(place, { supersedes }));
}

function bodyBytes(entries: readonly Entry[]): number {
  return Buffer.byteLength(JSON.stringify({ entries }), 'utf8');
}

/** As many of the entries, from the first on, as fit into one request. */
function withinBody(entries: readonly Entry[], limits = LARGEST_BATCH): Entry[] {
  const texts = entries.map((entry) => JSON.stringify(entry));
  return entries.slice(0, countFitting(texts, limits));
}

describe('what fits into one request', () => {
  it('is nothing of nothing and everything of a little', () => {
    expect(withinBody([])).toEqual([]);
    const few = [0, 1, 2].map((place) => large(place, 1));
    expect(withinBody(few)).toEqual(few);
  });

  it('is always at least one, so that nothing is stuck for ever', () => {
    const huge = large(0, 40_000);
    expect(bodyBytes([huge])).toBeGreaterThan(MAX_BODY_BYTES);
    expect(withinBody([huge, large(1, 1)])).toEqual([huge]);
  });

  it('is no more entries than a request may have, or than a bad network gets through', () => {
    const few = [0, 1, 2].map((place) => large(place, 1));
    expect(withinBody(few, { ...LARGEST_BATCH, entries: 2 })).toEqual(few.slice(0, 2));
    expect(withinBody(few, { ...LARGEST_BATCH, bytes: 1000 })).toEqual(few.slice(0, 1));
  });

  it('is the longest beginning that the body has room for', () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 9000 }), { minLength: 1, maxLength: 12 });
    const property = fc.property(sizes, (ids) => {
      const entries = ids.map((count, place) => large(place, count));
      const fitting = withinBody(entries);
      expect(fitting).toEqual(entries.slice(0, fitting.length));
      if (fitting.length > 1) expect(bodyBytes(fitting)).toBeLessThanOrEqual(MAX_BODY_BYTES);
      const next = entries[fitting.length];
      // An envelope's worth of slack is allowed for, no more.
      if (next) expect(bodyBytes([...fitting, next])).toBeGreaterThan(MAX_BODY_BYTES - 128);
    });
    fc.assert(property, tries(60));
  });
});
