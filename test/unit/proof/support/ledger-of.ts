import { readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import type { Action, Choice, Decision } from '../../../../src-shared/consent/decision.js';
import { canonicalJson } from '../../../../src-shared/ledger/canonical.js';
import {
  bareHashOf,
  CHAIN_START,
  decisionTypeOf,
  entryHashOf,
  payloadHashOf,
  remainsOf,
} from '../../../../src-shared/ledger/entry.js';
import { policyHashInput } from '../../../../src-shared/ledger/policy-hash.js';
import { batchOf } from '../../../../src-shared/ledger/receipt.js';
import { policyTextSchema, type PolicyText } from '../../../../src-shared/policy-text.js';
import type { ExportEntry, ExportInput } from '../../../../src-shared/proof/types.js';
import { sha256, signHash, signJws, testKey } from './keys.js';

export const SERVER = testKey('server');
export const DEVICE = testKey('device');
export const BASE_ADDRESS = 'https://integro.today/sayso';
export const ACCOUNT = 'account-1';
export const RECEIVED_AT = '2026-11-20T10:00:05.000Z';
const START_MS = Date.parse('2026-11-20T10:00:00.000Z');

/** Integro's policy as it ships, cut to two sections so that files stay small enough to change every character of them. */
export const POLICY: PolicyText = shortened(
  policyTextSchema.parse(
    JSON.parse(
      readFileSync(
        new URL(
          '../../../../resources/services/integro/policy/2026-05-15.en.json',
          import.meta.url,
        ),
        'utf8',
      ),
    ),
  ),
);

function shortened(text: PolicyText): PolicyText {
  return { ...text, sections: text.sections.slice(0, 1) };
}

/** What one press of a test says. */
export interface Press {
  readonly action: Action;
  readonly choices?: Readonly<Record<string, Choice>>;
  readonly supersedes?: Readonly<Record<string, string[]>>;
}

/** The presses of most tests: a grant, a refusal of one purpose, a withdrawal of everything. */
export const PRESSES: readonly Press[] = [
  { action: 'accept-all', choices: { functional: 'granted', analytics: 'granted' } },
  { action: 'save', choices: { analytics: 'denied' }, supersedes: { analytics: [idAt(1)] } },
  { action: 'withdraw', choices: { '*': 'denied' }, supersedes: { '*': [idAt(1), idAt(2)] } },
];

/** The id of the n-th decision, from 1. */
export function idAt(n: number): string {
  return `0198f0c0-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
}

export function decisionAt(n: number, { action, choices, supersedes }: Press): Decision {
  return {
    v: 1,
    id: idAt(n),
    service: 'integro',
    subject: ACCOUNT,
    device: 'device-1',
    seq: n,
    at: new Date(START_MS + n * 1000).toISOString(),
    clockOffsetMs: -250,
    action,
    surface: 'banner',
    choices: { ...choices },
    supersedes: { ...supersedes },
    policy: { version: POLICY.version, lang: POLICY.lang, sha256: policyHash(POLICY) },
  };
}

export function policyHash(text: PolicyText): string {
  return createHash('sha256').update(policyHashInput(text)).digest('hex');
}

/** Entries of one chain, each signed by the device. */
export function chainOf(decisions: readonly Decision[], chain = 'chain-1'): ExportEntry[] {
  let prev = CHAIN_START;
  return decisions.map((decision) => {
    const salt = createHash('sha256').update(decision.id).digest('base64url');
    const payloadHash = payloadHashOf(sha256, salt, canonicalJson(decision));
    const header = { v: 1 as const, chain, seq: decision.seq, prev, payloadHash };
    const entryHash = entryHashOf(sha256, header);
    const link = { chain, seq: decision.seq, prev, payloadHash, entryHash };
    prev = entryHash;
    const signature = { kid: DEVICE.kid, signature: signHash(DEVICE, entryHash) };
    const none = { remains: null, receivedAt: null, receipt: null };
    return { decision, salt, link, signature, ...none, shown: POLICY };
  });
}

/** A decision from a client that keeps no chain. */
export function bareEntry(decision: Decision): ExportEntry {
  const none = { remains: null, salt: null, link: null, signature: null };
  return { decision, ...none, receivedAt: null, receipt: null, shown: POLICY };
}

/** The same entry once what it said was erased. */
export function erased(entry: ExportEntry): ExportEntry {
  if (!entry.decision) throw new Error('it is erased already');
  const remains = remainsOf(entry.decision);
  return { ...entry, decision: null, remains, salt: null, shown: null };
}

/** The same entries, taken by the service in one batch. */
export async function received(
  entries: readonly ExportEntry[],
  { server = SERVER, iss = BASE_ADDRESS, service = 'integro' } = {},
): Promise<ExportEntry[]> {
  const leaves = entries.map(({ decision, link, signature }) => {
    if (!decision) throw new Error('erase after sending');
    const entryHash = link?.entryHash ?? bareHashOf(sha256, canonicalJson(decision));
    const type = decisionTypeOf(decision);
    return { id: decision.id, entryHash, type, signed: signature !== null };
  });
  const { root, unsigned } = batchOf(sha256, leaves);
  const statement = { v: 1, iss, service, receivedAt: RECEIVED_AT, size: leaves.length, root };
  const jws = await signJws(server, canonicalJson(statement));
  return entries.map((entry, index) => {
    const part = unsigned[index];
    if (!part) throw new Error('a receipt is missing');
    return { ...entry, receivedAt: RECEIVED_AT, receipt: { ...part, jws } };
  });
}

/** An export of these entries by an account. */
export function inputOf(
  entries: readonly ExportEntry[],
  more: Partial<ExportInput> = {},
): ExportInput {
  return {
    generatedAt: '2026-11-22T06:00:00.000Z',
    service: { id: 'integro', name: 'Integro', publisher: 'Integro', baseAddress: BASE_ADDRESS },
    subject: { kind: 'account', id: ACCOUNT },
    entries,
    serverKeys: [{ ...SERVER.publicKey, kid: SERVER.kid }],
    deviceKeys: [{ ...DEVICE.publicKey, kid: DEVICE.kid, device: 'device-1' }],
    ...more,
  };
}

/** The export of most tests: every press of {@link PRESSES}, received in one batch. */
export async function usualInput(presses: readonly Press[] = PRESSES): Promise<ExportInput> {
  return inputOf(
    await received(chainOf(presses.map((press, index) => decisionAt(index + 1, press)))),
  );
}
