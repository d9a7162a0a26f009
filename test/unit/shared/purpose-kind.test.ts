import { describe, expect, it } from 'vitest';
import {
  kindOf,
  SALE_OR_SHARING,
  SIGNAL_PURPOSES,
} from '../../../src-shared/consent/purpose-kind.js';

describe('how a purpose is decided on', () => {
  it('is what the policy says of it', () => {
    expect(kindOf({ id: 'analytics', kind: 'optional' })).toBe('optional');
    expect(kindOf({ id: 'account', kind: 'necessary' })).toBe('necessary');
    expect(kindOf({ id: 'anything', kind: 'opt-out' })).toBe('opt-out');
  });

  it('is never a part of accepting everything where it is sale or sharing', () => {
    expect(SALE_OR_SHARING).toBe('sale-or-sharing');
    expect(kindOf({ id: SALE_OR_SHARING, kind: 'optional' })).toBe('opt-out');
    expect(kindOf({ id: SALE_OR_SHARING, kind: 'opt-out' })).toBe('opt-out');
    // What cannot be refused is told as such, and not hidden behind a control that does nothing.
    expect(kindOf({ id: SALE_OR_SHARING, kind: 'necessary' })).toBe('necessary');
  });

  it('is denied by the opt-out signal for advertising and for sale or sharing, and for nothing else', () => {
    expect(SIGNAL_PURPOSES).toEqual(['advertising', 'sale-or-sharing']);
  });
});
