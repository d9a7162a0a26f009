import { describe, expect, it } from 'vitest';
import { parseStrictJson } from '../../../../src-shared/ledger/strict-json.js';

describe('an error that is not about the text', () => {
  it('is not called a fault in it: a caller who allows any depth runs out of stack', () => {
    const deep = '['.repeat(200_000);
    expect(() => parseStrictJson(deep, { maxBytes: deep.length, maxDepth: deep.length })).toThrow(
      new RangeError('Maximum call stack size exceeded'),
    );
  });
});
