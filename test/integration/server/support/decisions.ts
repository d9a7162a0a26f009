import { v7 } from 'uuid';
import {
  pulledSchema,
  pushedSchema,
  type Pulled,
  type PulledEntry,
  type PushResult,
} from '../../../../src-shared/api-contract.js';
import type { Decision } from '../../../../src-shared/consent/decision.js';
import { policySha256 } from '../../../../src-server/services/published.js';
import { fixtureProfile } from '../../../support/fixtures/service-profile.js';
import { bodyOf, call } from './client.js';

/** A decision that the test server takes from `device-1` of `subject`, with changes. */
export function decision(subject: string, seq: number, changes: Partial<Decision> = {}): Decision {
  const service = changes.service ?? 'alpha';
  const [policy] = fixtureProfile(service).policies;
  if (!policy) throw new Error('the fixture has no policy');
  return {
    v: 1,
    id: v7(),
    service,
    subject,
    device: 'device-1',
    seq,
    at: '2026-11-22T09:59:00.000Z',
    action: 'save',
    surface: 'settings',
    choices: { analytics: 'granted' },
    supersedes: {},
    policy: { version: policy.version, lang: policy.lang, sha256: policySha256(policy) },
    ...changes,
  };
}

/** Sends entries as they are and returns the results. */
export async function pushEntries(
  base: string,
  token: string,
  entries: readonly unknown[],
): Promise<PushResult[]> {
  const answer = await call(`${base}/v1/decisions`, 'POST', { token, body: { entries } });
  return bodyOf(answer, pushedSchema).results;
}

/** Sends decisions and returns the results. */
export function push(base: string, token: string, decisions: readonly Decision[]) {
  return pushEntries(
    base,
    token,
    decisions.map((one) => ({ decision: one })),
  );
}

/** The decision of a pulled entry; undefined where only a header is left. */
export function decisionIn(entry: PulledEntry): Decision | undefined {
  return 'decision' in entry ? entry.decision : undefined;
}

/** Reads one page; `query` such as `?limit=2`. */
export async function pull(base: string, token: string, query = ''): Promise<Pulled> {
  return bodyOf(await call(`${base}/v1/decisions${query}`, 'GET', { token }), pulledSchema);
}
