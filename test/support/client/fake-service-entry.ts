import { createPublicKey, verify } from 'node:crypto';
import {
  entrySchema,
  type Entry,
  type HeaderEntry,
  type PushResult,
} from '../../../src-shared/api-contract.js';
import type { Decision } from '../../../src-shared/consent/decision.js';
import { secondEntryHash, secondPayloadHash } from '../second/hashes.js';
import type { FakeSession } from './fake-service.js';
import { leafOfEntry } from './leaf-of-entry.js';
import type { ReceiptSigner } from './receipt-signer.js';

interface Context {
  readonly nowMs: number;
  readonly knowsPolicy: (policy: Decision['policy']) => boolean;
  readonly receipts: ReceiptSigner | null;
  /** Told of what no well-behaved client ever sends. */
  readonly complaints: string[];
}

type Chained = Extract<Entry, { salt: string }>;

/**
 * Takes one entry of a request, as `api.md` has it: a repeat gets the first answer, only a grant needs its policy known,
 * and one that is refused for it leaves its header. What a device with a key would never send is complained about.
 */
export function takeEntry(entry: unknown, session: FakeSession, context: Context): PushResult {
  const parsed = entrySchema.safeParse(entry);
  if (!parsed.success) {
    context.complaints.push(`malformed: ${parsed.error.message}`);
    return { id: null, status: 'refused', problem: problem('decision-malformed', 422) };
  }
  const sent = parsed.data;
  if (!('chain' in sent)) {
    context.complaints.push(`no chain: ${sent.decision.id}`);
    return { id: sent.decision.id, status: 'refused', problem: problem('decision-unproven', 403) };
  }
  const { kept } = session.account;
  const id = idOf(sent);
  const place = kept.findIndex((one) => idOf(one) === id);
  const earlier = kept[place];
  if (earlier && 'entryHash' in earlier && earlier.entryHash === sent.entryHash) {
    const isErasure = 'decision' in earlier && !('decision' in sent);
    if (!isErasure) {
      const { receivedAt, receipt } = earlier;
      // Only what was refused is kept as a header of a decision that was sent whole.
      return 'decision' in sent && !('decision' in earlier)
        ? { id, status: 'refused', problem: problem('policy-unknown', 422) }
        : { id, status: 'repeated', receivedAt, ...(receipt ? { receipt } : {}) };
    }
    // The words go at once; the header also stands at the end, where devices that have read past it find it.
    kept[place] = { ...withoutWords(earlier), receivedAt: earlier.receivedAt };
  } else {
    const wrong = earlier ? `other bytes under a known id: ${id}` : complaintAbout(sent, session);
    if (wrong !== null) {
      context.complaints.push(wrong);
      return { id, status: 'refused', problem: problem('decision-conflict', 409) };
    }
  }
  const receivedAt = new Date(context.nowMs).toISOString();
  if ('decision' in sent && grants(sent) && !context.knowsPolicy(sent.decision.policy)) {
    kept.push({ ...headerOf(sent), receivedAt });
    return { id, status: 'refused', problem: problem('policy-unknown', 422) };
  }
  const receipt = context.receipts?.receiptOf(leafOfEntry(sent), receivedAt);
  const answer = { receivedAt, ...(receipt ? { receipt } : {}) };
  kept.push({ ...sent, ...answer });
  return { id, status: 'received', ...answer };
}

function idOf(entry: Entry): string {
  return 'decision' in entry ? entry.decision.id : entry.id;
}

function withoutWords(entry: Entry): HeaderEntry {
  if (!('salt' in entry)) throw new Error('only a decision in a chain can be erased');
  return headerOf(entry);
}

function grants({ decision }: { decision: Decision }): boolean {
  return Object.values(decision.choices).includes('granted');
}

/** What is left of an entry when its words go. */
export function headerOf({ decision, salt, chain, prev, entryHash, ...by }: Chained): HeaderEntry {
  const { id, seq, choices, supersedes } = decision;
  const payloadHash = secondPayloadHash(salt, decision);
  const purposes = Object.keys(choices).sort();
  const { kid, signature } = by;
  const signed = kid === undefined || signature === undefined ? {} : { kid, signature };
  return { id, seq, payloadHash, purposes, supersedes, chain, prev, entryHash, ...signed };
}

/** What is wrong with a new entry: whose it is, its hashes, its signature, its place. */
function complaintAbout(sent: Chained | HeaderEntry, session: FakeSession): string | null {
  const { account, device } = session;
  const said = 'decision' in sent ? sent.decision : null;
  if (said && said.subject !== account.id)
    return `subject ${said.subject} in a session of ${account.id}`;
  if (said && said.device !== device) return `device ${said.device} in a session of ${device}`;
  const { chain, prev, entryHash, kid, signature } = sent;
  const seq = seqOf(sent);
  const payloadHash =
    'decision' in sent ? secondPayloadHash(sent.salt, sent.decision) : sent.payloadHash;
  if (secondEntryHash({ chain, seq, prev, payloadHash }) !== entryHash) return 'a wrong hash';
  const key = account.keys.find((one) => one.kid === kid && one.device === device);
  if (!key || signature === undefined) return `not signed by a key of this device: ${idOf(sent)}`;
  const { kty, crv, x } = key;
  const publicKey = createPublicKey({ key: { kty, crv, x }, format: 'jwk' });
  const bytes = Buffer.from(entryHash, 'hex');
  if (!verify(null, bytes, publicKey, Buffer.from(signature, 'base64url'))) return 'a forgery';
  const ofChain = account.kept.flatMap((one) =>
    'chain' in one && one.chain === chain ? [one] : [],
  );
  const before = ofChain.toSorted((a, b) => seqOf(a) - seqOf(b)).at(-1);
  if (!before) return prev === '0'.repeat(64) ? null : 'a chain that begins in its middle';
  const follows = before.entryHash === prev && seqOf(before) + 1 === seq;
  return follows ? null : `seq ${seq} does not follow ${seqOf(before)}`;
}

function seqOf(entry: Chained | HeaderEntry): number {
  return 'decision' in entry ? entry.decision.seq : entry.seq;
}

function problem(type: string, status: number): PushResult['problem'] {
  return { type, title: type, status };
}
