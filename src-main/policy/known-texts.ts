import type { KnownText } from '../../src-shared/consent/policy-change.js';
import type { Change } from '../../src-shared/policy-text.js';
import type { SeenText } from '../store/index.js';

/** A text with everything that was ever said about it. */
export interface WholeText extends KnownText {
  /** Lower-case hex SHA-256 of its label card and sections. */
  readonly sha256: string;
}

/**
 * Each text once, with the strictest of what was said about it: the earliest day, every change on any list, every name of
 * a version before. So what a service says later about a text it has published can close something, and open nothing.
 * @param seen in any order; of equal texts, the first gives the rest.
 */
export function knownTexts(seen: readonly SeenText[]): WholeText[] {
  const byKey = new Map<string, SeenText[]>();
  for (const one of seen) {
    const key = JSON.stringify([one.text.version, one.text.lang, one.sha256]);
    byKey.set(key, [...(byKey.get(key) ?? []), one]);
  }
  return [...byKey.values()].flatMap((same) => {
    const first = same[0];
    if (!first) return [];
    const effectiveAt = same
      .map(({ text }) => text.effectiveAt)
      .reduce((a, b) => (Date.parse(b) < Date.parse(a) ? b : a));
    const changes = distinct(same.flatMap(({ text }) => text.changes));
    const previous = same.flatMap((one) => (one.previous === undefined ? [] : [one.previous]));
    const text = { ...first.text, effectiveAt, changes };
    return [{ text, sha256: first.sha256, previous: [...new Set(previous)] }];
  });
}

function distinct(changes: readonly Change[]): Change[] {
  return [...new Map(changes.map((change) => [JSON.stringify(change), change])).values()];
}
