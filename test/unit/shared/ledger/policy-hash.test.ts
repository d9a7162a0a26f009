import { describe, expect, it } from 'vitest';
import {
  canonicalJson,
  MAX_BYTES,
  MAX_POLICY_BYTES,
  NotCanonicalError,
} from '../../../../src-shared/ledger/canonical.js';
import { policyHashInput } from '../../../../src-shared/ledger/policy-hash.js';
import { sampleText } from '../../../support/policy-samples.js';

describe('what is hashed of a policy', () => {
  it('is its label card and sections in canonical form, and nothing else of it', () => {
    const text = sampleText('2026-05-15');
    const { label, sections } = text;
    expect(policyHashInput(text)).toBe(
      `{"label":${canonicalJson(label)},"sections":${canonicalJson(sections)}}`,
    );
    const later = {
      ...text,
      version: 'x',
      effectiveAt: '2027-01-01T00:00:00Z',
      changes: [],
    };
    expect(policyHashInput(later)).toBe(policyHashInput(text));
  });

  it('may be as long as an answer of a server, and no longer', () => {
    const { label } = sampleText('2026-05-15');
    const ofLength = (length: number) => ({
      label,
      sections: [
        {
          id: 'a',
          heading: 'A',
          blocks: [{ kind: 'paragraph' as const, text: 'x'.repeat(length) }],
        },
      ],
    });
    const frame = policyHashInput(ofLength(1)).length - 1;
    expect(policyHashInput(ofLength(MAX_BYTES))).toHaveLength(frame + MAX_BYTES);
    expect(policyHashInput(ofLength(MAX_POLICY_BYTES - frame))).toHaveLength(MAX_POLICY_BYTES);
    expect(() => policyHashInput(ofLength(MAX_POLICY_BYTES - frame + 1))).toThrow(
      NotCanonicalError,
    );
  });
});
