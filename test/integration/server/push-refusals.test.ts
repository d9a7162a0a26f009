import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NewSession } from '../../../src-shared/api-contract.js';
import { policySha256 } from '../../../src-server/services/published.js';
import { fixtureProfile } from '../../support/fixtures/service-profile.js';
import { signedIn } from './support/client.js';
import { decision, push } from './support/decisions.js';
import { startTestServer, type TestServer } from './support/test-server.js';

let server: TestServer;
let base: string;
let session: NewSession;
let me: string;
let lastSeq = 0;
const nextSeq = (): number => (lastSeq += 1);

beforeAll(async () => {
  server = await startTestServer();
  base = `${server.origin}/alpha`;
  session = await signedIn(base);
  me = session.account.id;
});
afterAll(() => server.remove());

describe('a decision that is refused on its own', () => {
  it.each([
    ['subject', { subject: 'somebody-else' }],
    ['subject', { subject: null }],
    ['device', { device: 'device-2' }],
    ['service', { service: 'beta' }],
  ])('refuses a decision whose %s is not that of the session', async (member, changes) => {
    const [result] = await push(base, session.token, [decision(me, nextSeq(), changes)]);
    expect(result).toMatchObject({ problem: { type: 'decision-not-yours', status: 403 } });
    expect(result?.problem?.detail).toContain(member);
  });

  it('refuses a grant under an unknown text, but no denial', async () => {
    const known = decision(me, nextSeq());
    const policy = { ...known.policy, sha256: 'f'.repeat(64) };
    const results = await push(base, session.token, [
      { ...known, policy },
      decision(me, nextSeq(), { policy, choices: { analytics: 'denied' } }),
      decision(me, nextSeq(), { policy, action: 'withdraw', choices: { '*': 'denied' } }),
      decision(me, nextSeq(), { policy, action: 'acknowledge', surface: 'notice', choices: {} }),
    ]);
    expect(results[0]?.problem).toMatchObject({ type: 'policy-unknown', status: 422 });
    expect(results.slice(1).map((one) => one.status)).toEqual(Array(3).fill('received'));
  });

  it('takes a grant under a version that has been replaced', async () => {
    const { policies } = fixtureProfile('alpha');
    const old = policies.find((policy) => policy.version === '2026-01' && policy.lang === 'de');
    if (!old) throw new Error('the fixture lacks its German text');
    const policy = { version: '2026-01', lang: 'de', sha256: policySha256(old) };
    const [result] = await push(base, session.token, [decision(me, nextSeq(), { policy })]);
    expect(result?.status).toBe('received');
  });

  it('refuses a member named __proto__ in one entry without refusing the others', async () => {
    const good = decision(me, nextSeq());
    const bad = JSON.stringify(decision(me, nextSeq())).replace(
      '"choices":{',
      '"choices":{"__proto__":"granted",',
    );
    const response = await fetch(`${base}/v1/decisions`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${session.token}`,
        'content-type': 'application/json',
      },
      body: `{"entries":[{"decision":${bad}},{"decision":${JSON.stringify(good)}}]}`,
    });
    const { results } = (await response.json()) as { results: { status: string }[] };
    expect(results.map((one) => one.status)).toEqual(['refused', 'received']);
  });
});
