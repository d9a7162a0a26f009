import type { Decision } from '../../src-shared/consent/decision.js';
import { failed, ok, type Result } from '../../src-shared/result.js';
import type { CheckedEntry } from './entry.js';
import { readableId, readEntry } from './read-entry.js';

/** Who sends: all that one entry is checked against on its own. */
export interface EntryContext {
  readonly service: string;
  readonly accountId: string;
  readonly deviceId: string;
}

/** Why an entry is refused before anything is looked up; `id` where it was readable. */
export interface BadEntry {
  readonly id: string | null;
  readonly problem: 'decision-malformed' | 'decision-not-yours';
  readonly detail: string;
}

/** Checks one entry on its own: that it can be read, and that it is the sender's. */
export function checkEntry(entry: unknown, context: EntryContext): Result<CheckedEntry, BadEntry> {
  const read = readEntry(entry);
  if (!read.ok) {
    return failed({ id: readableId(entry), problem: 'decision-malformed', detail: read.error });
  }
  const checked = read.value;
  if (checked.form === 'header') return ok(checked);
  const stranger = strangeMember(checked.decision, context);
  if (stranger === undefined) return ok(checked);
  const detail = `\`${stranger}\` is not that of this session`;
  return failed({ id: checked.id, problem: 'decision-not-yours', detail });
}

/** Which member of a decision does not name the sender; undefined when all do. */
export function strangeMember(
  decision: Decision,
  context: EntryContext,
): 'service' | 'subject' | 'device' | undefined {
  if (decision.service !== context.service) return 'service';
  if (decision.subject !== context.accountId) return 'subject';
  if (decision.device !== context.deviceId) return 'device';
  return undefined;
}
