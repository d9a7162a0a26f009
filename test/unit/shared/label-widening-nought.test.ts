import { describe, expect, it } from 'vitest';
import { widenedPurposes } from '../../../src-shared/consent/label-widening.js';
import { labelWith } from '../../support/policy-samples.js';

const kept = (longestDays: number | null) =>
  labelWith('analytics', { retention: { text: 'Some time.', longestDays } });

describe('a length without a number', () => {
  it('is not a length of no days, in either direction', () => {
    expect(widenedPurposes(kept(null), kept(0))).toEqual(new Set(['analytics']));
    expect(widenedPurposes(kept(0), kept(null))).toEqual(new Set(['analytics']));
    expect(widenedPurposes(kept(0), kept(0))).toEqual(new Set());
  });
});
