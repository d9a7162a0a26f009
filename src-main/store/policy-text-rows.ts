import { createHash } from 'node:crypto';
import { z } from 'zod';
import { sha256HexSchema, utcInstantSchema } from '../../src-shared/ids.js';
import {
  canonicalJson,
  MAX_POLICY_BYTES,
  NotCanonicalError,
} from '../../src-shared/ledger/canonical.js';
import { policyHashInput } from '../../src-shared/ledger/policy-hash.js';
import { changeSchema, policyTextSchema } from '../../src-shared/policy-text.js';
import { readJson } from './read-json.js';
import type { PolicyTextRow, RowReaders, SeenText } from './seen-texts.js';

const previousSchema = z.string().nullable().optional();
const textBodySchema = z.strictObject({ text: policyTextSchema, previous: previousSchema });
/** What was said about a known text later, beside what its own row says. */
const remarkBodySchema = z.strictObject({
  of: sha256HexSchema,
  effectiveAt: utcInstantSchema,
  changes: z.array(changeSchema),
  previous: previousSchema,
});

/** Looks at every row, for whatever wrote it. */
export const checkedRows: RowReaders = {
  text: textIn,
  remark(row) {
    const remark = readJson(remarkBodySchema, row.body);
    const canonical = remark && tried(() => canonicalJson(remark, MAX_POLICY_BYTES));
    return remark && canonical !== null && hashOf(canonical) === row.sha256 ? remark : null;
  },
};

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
