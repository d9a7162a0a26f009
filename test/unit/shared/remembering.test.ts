import fc from 'fast-check';
import { expect, it } from 'vitest';
import { is, remembering } from '../../../src-shared/plain.js';
import { tries } from '../../support/client/property.js';

it('takes what the test takes that it stands for, whatever was asked before', () => {
  const pattern = /^[a-c]{1,3}$/;
  const asked = fc.oneof(
    fc.string({ unit: fc.constantFrom('a', 'b', 'd'), maxLength: 4 }),
    fc.constantFrom(undefined, null, 1, ['a']),
  );
  const property = fc.property(fc.array(asked, { maxLength: 30 }), (values) => {
    const remembered = remembering(pattern);
    for (const value of values) expect(remembered(value)).toBe(is(pattern, value));
  });
  fc.assert(property, tries(300));
});
