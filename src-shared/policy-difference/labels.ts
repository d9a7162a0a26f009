import type { DeclaredItem, Label, LabelPurpose, Retention } from '../policy-text.js';
import { differenceOfLines, differenceOfValues, type Line } from './lines.js';

/** What a difference of the label card is about: the card itself, one purpose, or one stored item. */
export type LabelAbout = 'card' | 'purpose' | 'item';

/** Rows of the card whose lines are in the policy's own words. */
type WordField =
  | 'publisher'
  | 'summary'
  | 'thirdParties'
  | 'notDone'
  | 'howToWithdraw'
  | 'contacts'
  | 'name'
  | 'what'
  | 'why'
  | 'data'
  | 'recipients'
  | 'retention';

/** Rows with one value that the window puts in words: schema words, an id, a number of days. */
type ValueField = 'kind' | 'storage' | 'purpose' | 'longestDays';

export type LabelField = WordField | ValueField;

/** Something on the label card that is new, gone or different. */
export interface LabelDifference {
  readonly kind: 'added' | 'removed' | 'changed';
  readonly about: LabelAbout;
  /** The name of the purpose or item; null for the card. */
  readonly name: string | null;
  /** Rows that are the same are left out. */
  readonly rows: readonly { readonly field: LabelField; readonly lines: readonly Line[] }[];
}

/** A thing on the card as rows of lines, under a key by which both texts mean the same thing. */
interface Facts {
  readonly about: LabelAbout;
  readonly key: string;
  readonly name: string | null;
  readonly words: readonly (readonly [WordField, readonly string[]])[];
  readonly values: readonly (readonly [ValueField, string | null])[];
}

/** What differs between two label cards, in the order of the newer one; what is gone comes last. */
export function differenceOfLabels(from: Label, to: Label): LabelDifference[] {
  const [before, after] = [factsOf(from), factsOf(to)];
  const stayed = after.flatMap((facts) => {
    const older = before.find(({ key }) => key === facts.key);
    return differenceOfFacts(older, facts);
  });
  const gone = before
    .filter(({ key }) => !after.some((facts) => facts.key === key))
    .flatMap((facts) => differenceOfFacts(facts, undefined));
  return [...stayed, ...gone];
}

function differenceOfFacts(from: Facts | undefined, to: Facts | undefined): LabelDifference[] {
  const facts = to ?? from;
  if (!facts) return [];
  const values = facts.values.map(([field]) => ({
    field,
    lines: differenceOfValues(valueOf(from, field), valueOf(to, field)),
  }));
  const words = facts.words.map(([field]) => ({
    field,
    lines: differenceOfLines(wordsOf(from, field), wordsOf(to, field)),
  }));
  const differs = ({ lines }: { lines: readonly Line[] }): boolean =>
    lines.some(({ kind }) => kind !== 'same');
  const rows = [...values, ...words].filter(differs);
  if (rows.length === 0) return [];
  const kind = !from ? 'added' : to ? 'changed' : 'removed';
  return [{ kind, about: facts.about, name: facts.name, rows }];
}

function wordsOf(facts: Facts | undefined, field: WordField): readonly string[] {
  return facts?.words.find(([name]) => name === field)?.[1] ?? [];
}

function valueOf(facts: Facts | undefined, field: ValueField): string | null {
  return facts?.values.find(([name]) => name === field)?.[1] ?? null;
}

function factsOf(label: Label): Facts[] {
  const card: Facts = {
    about: 'card',
    key: 'card',
    name: null,
    values: [],
    words: [
      ['publisher', [label.publisher]],
      ['summary', [label.summary]],
      ['thirdParties', label.thirdParties.map(({ name, what }) => `${name}: ${what}`)],
      ['notDone', label.notDone],
      ['howToWithdraw', [label.howToWithdraw]],
      [
        'contacts',
        label.contacts.map(({ about, email, text }) =>
          [`${about}: ${text}`, email ?? []].flat().join(' '),
        ),
      ],
    ],
  };
  return [card, ...label.purposes.map(factsOfPurpose), ...label.items.map(factsOfItem)];
}

function factsOfPurpose(purpose: LabelPurpose): Facts {
  return {
    about: 'purpose',
    key: `purpose ${purpose.id}`,
    name: purpose.name,
    values: [
      ['kind', purpose.kind],
      ['longestDays', daysOf(purpose.retention)],
    ],
    words: [
      ['name', [purpose.name]],
      ['what', [purpose.what]],
      ['why', [purpose.why]],
      ['data', purpose.data],
      ['recipients', purpose.recipients],
      ['retention', [purpose.retention.text]],
    ],
  };
}

function factsOfItem(item: DeclaredItem): Facts {
  return {
    about: 'item',
    key: `item ${item.name}`,
    name: item.name,
    values: [
      ['purpose', item.purpose],
      ['storage', item.storage],
      ['longestDays', daysOf(item.retention)],
    ],
    words: [
      ['what', [item.what]],
      ['retention', [item.retention.text]],
    ],
  };
}

function daysOf({ longestDays }: Retention): string | null {
  return longestDays === null ? null : String(longestDays);
}
