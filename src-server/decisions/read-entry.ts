import type { z } from 'zod';
import { entrySchema } from '../../src-shared/api-contract.js';
import { uuidV7Schema } from '../../src-shared/ids.js';
import { canonicalJson, NotCanonicalError } from '../../src-shared/ledger/canonical.js';
import { failed, ok, type Result } from '../../src-shared/result.js';
import { describeIssues } from '../http/issues.js';
import { linkOf, payloadHashFrom } from './check-link.js';
import type { CheckedEntry } from './entry.js';
import { readPlainEntry } from './plain-entry.js';

const [chainedSchema, bareSchema, headerSchema] = entrySchema.options;
/** Any of these says that an entry is meant to be in a chain, and then all that belong there have to be there. */
const LINK_MEMBERS = ['salt', 'chain', 'prev', 'entryHash', 'kid', 'signature'];

/**
 * Reads one entry as it was sent: its form, and that its hashes are those of what it carries. Whose it is, signatures,
 * places in chains and policies are not looked at here.
 * @returns the entry, or what is wrong with it in words.
 */
export function readEntry(entry: unknown): Result<CheckedEntry, string> {
  const plain = readPlainEntry(entry);
  return plain ? ok(plain) : readAnyEntry(entry);
}

/** The same for an entry in whatever form, by its schemas. */
export function readAnyEntry(entry: unknown): Result<CheckedEntry, string> {
  const decision = memberOf(entry, 'decision');
  if (decision === undefined) return readHeader(entry);
  // The canonical form is made of what was sent, not of what a parser left of it, and comes first because it refuses
  // members such as `__proto__` that a parser would pass over.
  const jcs = canonical(decision, 'decision');
  if (!jcs.ok) return jcs;
  const isLinked = LINK_MEMBERS.some((name) => memberOf(entry, name) !== undefined);
  return isLinked ? readChained(entry, jcs.value) : readBare(entry, jcs.value);
}

/** The id of an entry that could not be read as a whole, if that much of it can. */
export function readableId(entry: unknown): string | null {
  const id = memberOf(memberOf(entry, 'decision') ?? entry, 'id');
  const parsed = uuidV7Schema.safeParse(id);
  return parsed.success ? parsed.data : null;
}

function readBare(entry: unknown, jcs: string): Result<CheckedEntry, string> {
  const parsed = parse(bareSchema, entry);
  if (!parsed.ok) return parsed;
  const { decision } = parsed.value;
  return ok({ form: 'bare', id: decision.id, decision, jcs });
}

function readChained(entry: unknown, jcs: string): Result<CheckedEntry, string> {
  const parsed = parse(chainedSchema, entry);
  if (!parsed.ok) return parsed;
  const { decision, salt } = parsed.value;
  const payloadHash = payloadHashFrom(salt, jcs);
  if (!payloadHash.ok) return payloadHash;
  const link = linkOf(parsed.value, decision.seq, payloadHash.value);
  if (!link.ok) return link;
  return ok({ form: 'chained', id: decision.id, decision, jcs, salt, link: link.value });
}

function readHeader(entry: unknown): Result<CheckedEntry, string> {
  const jcs = canonical(entry, '(whole)');
  if (!jcs.ok) return jcs;
  const parsed = parse(headerSchema, entry);
  if (!parsed.ok) return parsed;
  const { id, seq, payloadHash, purposes, supersedes, held = false } = parsed.value;
  const link = linkOf(parsed.value, seq, payloadHash);
  if (!link.ok) return link;
  const remains = { id, purposes, supersedes };
  return ok({ form: 'header', id, held, remains, link: link.value });
}

function parse<Value>(schema: z.ZodType<Value>, entry: unknown): Result<Value, string> {
  const parsed = schema.safeParse(entry);
  return parsed.success ? ok(parsed.data) : failed(describeIssues(parsed.error.issues));
}

function canonical(value: unknown, field: string): Result<string, string> {
  try {
    return ok(canonicalJson(value));
  } catch (error) {
    if (error instanceof NotCanonicalError) return failed(`${field}: ${error.reason}`);
    throw error;
  }
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}
