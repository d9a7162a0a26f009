import { createHash } from 'node:crypto';
import { z } from 'zod';
import { sha256HexSchema, utcInstantSchema } from '../../src-shared/ids.js';
import {
  canonicalJson,
  MAX_POLICY_BYTES,
  NotCanonicalError,
} from '../../src-shared/ledger/canonical.js';
import { policyHashInput } from '../../src-shared/ledger/policy-hash.js';
import { changeSchema, policyTextSchema, type PolicyText } from '../../src-shared/policy-text.js';
import { readJson } from './read-json.js';

/** A policy text as it was seen once. The same text may be seen again with another date or list of changes. */
export interface SeenText {
  readonly text: PolicyText;
  /** Lower-case hex SHA-256 of its label card and sections. */
  readonly sha256: string;
  /** The version before it, null where it is the first; undefined where nobody has said. */
  readonly previous: string | null | undefined;
}

const previousSchema = z.string().nullable().optional();
const textBodySchema = z.strictObject({ text: policyTextSchema, previous: previousSchema });
/** What was said about a known text later, beside what its own row says. */
const remarkBodySchema = z.strictObject({
  of: sha256HexSchema,
  effectiveAt: utcInstantSchema,
  changes: z.array(changeSchema),
  previous: previousSchema,
});

/** A row of the table of policy texts. */
export interface PolicyTextRow {
  readonly version: string;
  readonly lang: string;
  readonly sha256: string;
  readonly body: string;
}

/** Texts with what their own rows say, then once more with each later remark. */
export function seenIn(rows: readonly PolicyTextRow[]): SeenText[] {
  const texts = rows.flatMap((row) => textIn(row) ?? []);
  const remarked = rows.flatMap((row) => {
    const remark = readJson(remarkBodySchema, row.body);
    const canonical = remark && tried(() => canonicalJson(remark, MAX_POLICY_BYTES));
    if (!remark || canonical === null || hashOf(canonical) !== row.sha256) return [];
    const { of, effectiveAt, changes, previous } = remark;
    const about = texts.find(
      ({ text, sha256 }) => sha256 === of && text.version === row.version && text.lang === row.lang,
    );
    return about ? [{ text: { ...about.text, effectiveAt, changes }, sha256: of, previous }] : [];
  });
  return [...texts, ...remarked];
}

/** The text of a row; null where it holds none, or one that is not what its hash says. */
export function textIn({ version, lang, sha256, body }: PolicyTextRow): SeenText | null {
  const read = readJson(textBodySchema, body);
  if (!read || read.text.version !== version || read.text.lang !== lang) return null;
  const input = tried(() => policyHashInput(read.text));
  if (input === null || hashOf(input) !== sha256) return null;
  return { text: read.text, sha256, previous: read.previous };
}

/** A damaged row may hold what has no canonical form. */
function tried(canonical: () => string): string | null {
  try {
    return canonical();
  } catch (error) {
    if (error instanceof NotCanonicalError) return null;
    throw error;
  }
}

/** Lower-case hex SHA-256 of a text. */
export function hashOf(input: string): string {
  return createHash('sha256').update(input, 'utf8').digest('hex');
}
