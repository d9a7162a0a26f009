import type { PolicyAnswer } from '../../src-shared/api-contract.js';
import { NotCanonicalError } from '../../src-shared/ledger/canonical.js';
import { policyHashInput } from '../../src-shared/ledger/policy-hash.js';
import { policyTextSchema } from '../../src-shared/policy-text.js';
import type { SeenText } from '../store/index.js';

/**
 * The text of a server's answer, or null where it is none: the form is wrong, something is named twice, or the hash it
 * gives is not that of its label card and sections. The interface does not carry the printed day, so it is the day on
 * which the text takes effect.
 */
export function checkedAnswer(
  answer: PolicyAnswer,
  sha256Hex: (text: string) => string,
): SeenText | null {
  const { sha256, previous, ...rest } = answer;
  const read = policyTextSchema.safeParse({ ...rest, dated: answer.effectiveAt.slice(0, 10) });
  if (!read.success) return null;
  const text = read.data;
  const purposes = text.label.purposes.map(({ id }) => id);
  const sections = text.sections.map(({ id }) => id);
  if (hasDoubles(purposes) || hasDoubles(sections)) return null;
  try {
    return sha256Hex(policyHashInput(text)) === sha256 ? { text, sha256, previous } : null;
  } catch (error) {
    if (error instanceof NotCanonicalError) return null;
    throw error;
  }
}

function hasDoubles(ids: readonly string[]): boolean {
  return new Set(ids).size < ids.length;
}
