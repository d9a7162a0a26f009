import { entrySchema } from '../../src-shared/api-contract.js';
import type { Decision } from '../../src-shared/consent/decision.js';
import { uuidV7Schema } from '../../src-shared/ids.js';
import { canonicalJson, NotCanonicalError } from '../../src-shared/ledger/canonical.js';
import { failed, ok, type Result } from '../../src-shared/result.js';
import { describeIssues } from '../http/issues.js';

/** Who sends, and what this service has published: all that one entry is checked against. */
export interface EntryContext {
  readonly service: string;
  readonly accountId: string;
  readonly deviceId: string;
  /** Whether this service published that text. */
  readonly knowsPolicy: (policy: Decision['policy']) => boolean;
}

/** A decision that may be kept, with its canonical JSON. */
export interface GoodEntry {
  readonly decision: Decision;
  readonly jcs: string;
}

/** Why an entry is refused; `id` where it was readable. */
export interface BadEntry {
  readonly id: string | null;
  readonly problem: 'decision-malformed' | 'decision-not-yours' | 'policy-unknown';
  readonly detail: string;
}

/**
 * Checks one entry on its own. A grant under a text this service never published is refused, since it could not be shown
 * what was agreed to (GDPR Art. 7(1)); a denial is never refused for a reason of policy.
 */
export function checkEntry(entry: unknown, context: EntryContext): Result<GoodEntry, BadEntry> {
  const id = readableId(entry);
  // The canonical form is made of what was sent, not of what a parser left of it, and comes first because it refuses
  // members such as `__proto__` that a parser would pass over.
  const jcs = canonical(memberOf(entry, 'decision'));
  if (!jcs.ok) return failed({ id, problem: 'decision-malformed', detail: jcs.error });
  const parsed = entrySchema.safeParse(entry);
  if (!parsed.success) {
    const detail = describeIssues(parsed.error.issues);
    return failed({ id, problem: 'decision-malformed', detail });
  }
  const { decision } = parsed.data;
  const stranger = strangeMember(decision, context);
  if (stranger !== undefined) {
    const detail = `\`${stranger}\` is not that of this session`;
    return failed({ id: decision.id, problem: 'decision-not-yours', detail });
  }
  const grants = Object.values(decision.choices).includes('granted');
  if (grants && !context.knowsPolicy(decision.policy)) {
    const detail =
      '`policy` names a version, language and hash that this service has not published';
    return failed({ id: decision.id, problem: 'policy-unknown', detail });
  }
  return ok({ decision, jcs: jcs.value });
}

function strangeMember(decision: Decision, context: EntryContext): string | undefined {
  if (decision.service !== context.service) return 'service';
  if (decision.subject !== context.accountId) return 'subject';
  if (decision.device !== context.deviceId) return 'device';
  return undefined;
}

function canonical(decision: unknown): Result<string, string> {
  if (decision === undefined) return failed('decision: is missing');
  try {
    return ok(canonicalJson(decision));
  } catch (error) {
    if (error instanceof NotCanonicalError) return failed(`decision: ${error.reason}`);
    throw error;
  }
}

function readableId(entry: unknown): string | null {
  const parsed = uuidV7Schema.safeParse(memberOf(memberOf(entry, 'decision'), 'id'));
  return parsed.success ? parsed.data : null;
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}
