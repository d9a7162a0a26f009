import type { Change, PolicyText } from '../../src-shared/policy-text.js';

/** A policy text as it was seen once. The same text may be seen again with another date or list of changes. */
export interface SeenText {
  readonly text: PolicyText;
  /** Lower-case hex SHA-256 of its label card and sections. */
  readonly sha256: string;
  /** The version before it, null where it is the first; undefined where nobody has said. */
  readonly previous: string | null | undefined;
}

/** What was said about a known text later. */
export interface Remark {
  /** The hash of that text. */
  readonly of: string;
  readonly effectiveAt: string;
  readonly changes: readonly Change[];
  readonly previous?: string | null | undefined;
}

/** A row of the table of policy texts. */
export interface PolicyTextRow {
  readonly version: string;
  readonly lang: string;
  readonly sha256: string;
  readonly body: string;
}

/** Each reads a row that holds the one, and answers null to one that does not. */
export interface RowReaders {
  readonly text: (row: PolicyTextRow) => SeenText | null;
  readonly remark: (row: PolicyTextRow) => Remark | null;
}

/** Texts with what their own rows say, then once more with each later remark. */
export function seenIn(rows: readonly PolicyTextRow[], read: RowReaders): SeenText[] {
  const texts = rows.flatMap((row) => read.text(row) ?? []);
  const remarked = rows.flatMap((row) => {
    const remark = read.remark(row);
    if (!remark) return [];
    const { of, effectiveAt, changes, previous } = remark;
    const about = texts.find(
      ({ text, sha256 }) => sha256 === of && text.version === row.version && text.lang === row.lang,
    );
    return about
      ? [{ text: { ...about.text, effectiveAt, changes: [...changes] }, sha256: of, previous }]
      : [];
  });
  return [...texts, ...remarked];
}
