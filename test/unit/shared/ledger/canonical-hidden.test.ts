import { describe, expect, it } from 'vitest';
import { canonicalJson, NotCanonicalError } from '../../../../src-shared/ledger/canonical.js';

describe('canonical JSON of an object that hides a way to write itself', () => {
  it('does not exist where that way leads to nothing', () => {
    const hiding = Object.defineProperty({ a: 1 }, 'toJSON', {
      value: () => undefined,
    });
    expect(() => canonicalJson(hiding)).toThrow(new NotCanonicalError('$', 'has no JSON form'));
  });
});
