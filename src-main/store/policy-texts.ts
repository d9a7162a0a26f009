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
import type { Database } from './open-database.js';
import { readJson } from './read-json.js';

/** A policy text as it was seen once. The same text may be seen again with another date or list of changes. */
export interface SeenText {
  readonly text: PolicyText;
  /** Lower-case hex SHA-256 of its label card and sections. */
  readonly sha256: string;
  /** The version before it, null where it is the first; undefined where nobody has said. */
  readonly previous: string | null | undefined;
}

/**
 * Every policy text this profile has seen, shipped or fetched. Rows are only ever added, so that what stood on a screen
 * stays readable. A row that does not fit its own hash is as good as absent.
 */
export interface PolicyTextStore {
  /**
   * Keeps a text, and what was said about it where that is new; to be called inside a transaction.
   * @returns whether anything of it was new.
   */
  put(service: string, seen: SeenText): boolean;
  byVersion(service: string, version: string): SeenText[];
  bySha256(service: string, sha256: string): PolicyText | null;
  all(service: string): SeenText[];
  /** How many rows a service takes up, so that a caller can put an end to it. */
  count(service: string): number;
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

interface Row {
  readonly version: string;
  readonly lang: string;
  readonly sha256: string;
  readonly body: string;
}

export function createPolicyTextStore(database: Database): PolicyTextStore {
  const columns = 'SELECT version, lang, sha256, body FROM policy_text WHERE service = ?';
  const list = database.prepare<[string], Row>(`${columns} ORDER BY version, lang, sha256`);
  const ofVersion = database.prepare<[string, string], Row>(
    `${columns} AND version = ? ORDER BY lang, sha256`,
  );
  const ofHash = database.prepare<[string, string], Row>(`${columns} AND sha256 = ?`);
  const one = database.prepare<[string, string, string, string], Row>(
    `${columns} AND version = ? AND lang = ? AND sha256 = ?`,
  );
  const insert = database.prepare(
    `INSERT INTO policy_text (service, version, lang, sha256, effective_at_ms, previous, body)
     VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  const total = database
    .prepare<[string], number>('SELECT count(*) FROM policy_text WHERE service = ?')
    .pluck();

  const add = (service: string, { text, previous }: SeenText, sha256: string, body: string) =>
    insert.run(
      service,
      text.version,
      text.lang,
      sha256,
      Date.parse(text.effectiveAt),
      previous ?? null,
      body,
    ).changes > 0;

  return {
    put(service, seen) {
      const { text, sha256, previous } = seen;
      const row = one.get(service, text.version, text.lang, sha256);
      if (!row) return add(service, seen, sha256, JSON.stringify({ text, previous }));
      const known = textIn(row);
      if (known && saysNothingNew(known, seen)) return false;
      const { effectiveAt, changes } = text;
      const remark = {
        of: sha256,
        effectiveAt,
        changes,
        ...(previous === undefined ? {} : { previous }),
      };
      const body = canonicalJson(remark, MAX_POLICY_BYTES);
      return add(service, seen, hashOf(body), body);
    },
    byVersion: (service, version) => seenIn(ofVersion.all(service, version)),
    bySha256(service, sha256) {
      for (const row of ofHash.iterate(service, sha256)) {
        const seen = textIn(row);
        if (seen) return seen.text;
      }
      return null;
    },
    all: (service) => seenIn(list.all(service)),
    count: (service) => total.get(service) ?? 0,
  };
}

function saysNothingNew(known: SeenText, { text, previous }: SeenText): boolean {
  return (
    known.text.effectiveAt === text.effectiveAt &&
    JSON.stringify(known.text.changes) === JSON.stringify(text.changes) &&
    (previous === undefined || previous === known.previous)
  );
}

/** Texts with what their own rows say, then once more with each later remark. */
function seenIn(rows: readonly Row[]): SeenText[] {
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
function textIn({ version, lang, sha256, body }: Row): SeenText | null {
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

function hashOf(input: string): string {
  return createHash('sha256').update(input, 'utf8').digest('hex');
}
