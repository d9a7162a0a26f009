import type { DeclaredItem, Label, LabelPurpose, Retention } from '../policy-text.js';
import type { TouchedPurposes } from './touched-purposes.js';

/**
 * The purposes that `to` lets reach further than `from` did, both in one language: a consent given for less does not
 * carry more (GDPR Art. 4(11), 6(1)(a); EDPB Guidelines 05/2020, no. 56). Touched are a purpose that is new or no
 * longer a choice, one with a recipient, kind of data or declared item it did not have, and one that keeps longer. A new
 * third party or another publisher gets what no single purpose names, so it touches every one.
 *
 * Names are compared letter by letter: that two of them mean the same is not for a program to guess.
 */
export function widenedPurposes(from: Label, to: Label): TouchedPurposes {
  const knownParties = new Set(from.thirdParties.map(({ name }) => name));
  const hasNewParty = to.thirdParties.some(({ name }) => !knownParties.has(name));
  if (hasNewParty || from.publisher !== to.publisher) return 'every';
  const purposes = to.purposes.filter((purpose) => {
    const before = from.purposes.find(({ id }) => id === purpose.id);
    return !before || reachesFurther(before, purpose);
  });
  const items = to.items.filter((item) => {
    const before = from.items.find((known) => isSameItem(known, item));
    return !before || keepsLonger(before.retention, item.retention);
  });
  return new Set([...purposes.map(({ id }) => id), ...items.map(({ purpose }) => purpose)]);
}

function reachesFurther(from: LabelPurpose, to: LabelPurpose): boolean {
  const hasNew = (before: readonly string[], after: readonly string[]): boolean =>
    after.some((one) => !before.includes(one));
  return (
    (from.kind !== 'necessary' && to.kind === 'necessary') ||
    hasNew(from.data, to.data) ||
    hasNew(from.recipients, to.recipients) ||
    keepsLonger(from.retention, to.retention)
  );
}

function isSameItem(a: DeclaredItem, b: DeclaredItem): boolean {
  return a.name === b.name && a.purpose === b.purpose && a.storage === b.storage;
}

/**
 * Whether something may now be kept longer. A length without a number says only what its words say, from one session to
 * for ever, so that next to other words it counts as longer: nobody can tell that it is not.
 */
function keepsLonger(from: Retention, to: Retention): boolean {
  if (from.longestDays !== null && to.longestDays !== null)
    return to.longestDays > from.longestDays;
  return from.longestDays !== to.longestDays || from.text !== to.text;
}
