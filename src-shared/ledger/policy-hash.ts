import type { PolicyText } from '../policy-text.js';
import { canonicalJson, MAX_POLICY_BYTES } from './canonical.js';

/**
 * What is hashed of a policy: the canonical JSON of its label card and sections, as the person reads them
 * (`docs/protocol.md`). Dates and lists of changes are not a part of it.
 * @throws NotCanonicalError for a text outside the limits of {@link canonicalJson}.
 */
export function policyHashInput({
  label,
  sections,
}: Pick<PolicyText, 'label' | 'sections'>): string {
  return canonicalJson({ label, sections }, MAX_POLICY_BYTES);
}
