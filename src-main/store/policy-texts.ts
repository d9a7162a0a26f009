import { canonicalJson, MAX_POLICY_BYTES } from '../../src-shared/ledger/canonical.js';
import type { PolicyText } from '../../src-shared/policy-text.js';
import type { Database } from './open-database.js';
import { preparePolicyTextList } from './policy-text-list.js';
import { checkedRows, hashOf, textIn } from './policy-text-rows.js';
import { seenIn, type PolicyTextRow, type SeenText } from './seen-texts.js';

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

export function createPolicyTextStore(database: Database): PolicyTextStore {
  const columns = 'SELECT version, lang, sha256, body FROM policy_text WHERE service = ?';
  const ofVersion = database.prepare<[string, string], PolicyTextRow>(
    `${columns} AND version = ? ORDER BY lang, sha256`,
  );
  const ofHash = database.prepare<[string, string], PolicyTextRow>(`${columns} AND sha256 = ?`);
  const one = database.prepare<[string, string, string, string], PolicyTextRow>(
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
    byVersion: (service, version) => seenIn(ofVersion.all(service, version), checkedRows),
    bySha256(service, sha256) {
      for (const row of ofHash.iterate(service, sha256)) {
        const seen = textIn(row);
        if (seen) return seen.text;
      }
      return null;
    },
    all: preparePolicyTextList(database, checkedRows),
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
