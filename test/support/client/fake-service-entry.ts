import { entrySchema, type PushResult } from '../../../src-shared/api-contract.js';
import { canonicalJson } from '../../../src-shared/ledger/canonical.js';
import type { FakeSession } from './fake-service.js';
import type { Decision } from '../../../src-shared/consent/decision.js';

interface Context {
  readonly nowMs: number;
  readonly knowsPolicy: (policy: Decision['policy']) => boolean;
  /** Told of what no well-behaved client ever sends. */
  readonly complaints: string[];
}

/** Takes one entry of a request, as `api.md` has it: a repeat gets the first answer, and only a grant needs its policy known. */
export function takeEntry(entry: unknown, session: FakeSession, context: Context): PushResult {
  const parsed = entrySchema.safeParse(entry);
  if (!parsed.success) {
    context.complaints.push(`malformed: ${parsed.error.message}`);
    return { id: null, status: 'refused', problem: problem('decision-malformed', 422) };
  }
  const { decision } = parsed.data;
  const { kept, id: accountId } = session.account;
  const earlier = kept.find((one) => one.decision.id === decision.id);
  if (earlier) {
    if (canonicalJson(earlier.decision) === canonicalJson(decision)) {
      return { id: decision.id, status: 'repeated', receivedAt: earlier.receivedAt };
    }
    context.complaints.push(`other bytes under a known id: ${decision.id}`);
    return { id: decision.id, status: 'refused', problem: problem('decision-conflict', 409) };
  }
  const wrong = complaintAbout(decision, session);
  if (wrong !== null) {
    context.complaints.push(wrong);
    return { id: decision.id, status: 'refused', problem: problem('decision-not-yours', 403) };
  }
  const grants = Object.values(decision.choices).includes('granted');
  if (grants && !context.knowsPolicy(decision.policy)) {
    return { id: decision.id, status: 'refused', problem: problem('policy-unknown', 422) };
  }
  const receivedAt = new Date(context.nowMs).toISOString();
  kept.push({ decision, receivedAt });
  return { id: decision.id, status: 'received', receivedAt };

  function complaintAbout(said: Decision, { device }: FakeSession): string | null {
    if (said.subject !== accountId) return `subject ${said.subject} in a session of ${accountId}`;
    if (said.device !== device) return `device ${said.device} in a session of ${device}`;
    const last = kept
      .filter((one) => one.decision.device === said.device)
      .reduce((most, one) => Math.max(most, one.decision.seq), 0);
    return said.seq > last ? null : `seq ${said.seq} after ${last}`;
  }
}

function problem(type: string, status: number): PushResult['problem'] {
  return { type, title: type, status };
}
