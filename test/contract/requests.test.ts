import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemSchema, problemTypeSchema } from '../../src-shared/api-contract.js';
import { DEFAULT_LIMITS, type Limits } from '../../src-server/auth/limits.js';
import { call, createAccount, PASSWORD, signIn } from '../integration/server/support/client.js';
import { decision } from '../integration/server/support/decisions.js';
import { newSigner } from '../integration/server/support/signer.js';
import { startTestServer, type TestServer } from '../integration/server/support/test-server.js';
import { tries } from '../support/client/property.js';
import { runsOf } from '../support/counts.js';
import { operationsAt, type Operation } from './support/api-document.js';
import { requestsOf, type DrawnRequest } from './support/requests.js';
import type { Known } from './support/schema-values.js';
import { sendOnWire, type WireAnswer } from './support/wire.js';

/** Requests drawn from the served documents, as they should be and spoiled in every way, straight onto the wire. */

const EMAIL = 'ada@example.org';
const device = { id: 'device-1', name: 'Desk', publicKey: newSigner().publicKey };

let server: TestServer;
/** Of the account that most requests are made for; made anew when a request has ended it. */
let token = '';
/** The id of that account, and nobody. */
const subjects: (string | null)[] = ['', null];

beforeAll(async () => {
  // Limits have tests of their own; here they would keep everything out after a while.
  const most = 1_000_000_000;
  const limits = Object.fromEntries(
    Object.entries(DEFAULT_LIMITS).map(([name, limit]) => [name, { ...limit, most }]),
  ) as unknown as Limits;
  server = await startTestServer({ limits });
  await renew();
});
afterAll(() => server.remove());

/** Sees to it that there is a session, and an account before it. */
async function renew(): Promise<void> {
  const base = `${server.origin}/alpha`;
  // Its password may be another one by now.
  await call(`${base}/v1/account`, 'DELETE', { token });
  const session = () => signIn(base, EMAIL, { device });
  const fresh = await session().catch(async () => {
    await createAccount(base, EMAIL);
    return session();
  });
  token = fresh.token;
  subjects[0] = fresh.account.id;
}

const { policy } = decision('nobody', 1);
const KNOWN: Known = {
  email: [EMAIL, 'bea@example.org'],
  password: [PASSWORD],
  currentPassword: [PASSWORD],
  newPassword: [PASSWORD],
  device: [device.id, device],
  service: ['alpha', 'beta'],
  subject: subjects,
  policy: [policy],
  version: [policy.version],
  lang: [policy.lang],
  choices: [{ analytics: 'denied' }, { analytics: 'granted' }, { '*': 'denied' }],
  supersedes: [{}],
  seq: [1, 2],
};

/** What is wrong with an answer; null for nothing. */
function objection(
  request: DrawnRequest,
  answer: WireAnswer | null,
  operation: Operation | null,
): string | null {
  const { kind, method } = request;
  // Bytes that never were a request, and headers that say a body ends elsewhere, may be met with silence.
  if (!answer) return kind === 'good' ? 'no answer' : null;
  const { status, headers, body } = answer;
  if (status >= 500) return `${status}`;
  if (kind === 'good' && !(status in (operation?.responses ?? {}))) return `${status} undocumented`;
  if (status < 400 || method === 'HEAD') return null;
  const mediaType = headers.get('content-type')?.split(';')[0];
  if (mediaType !== 'application/problem+json') return `${status} as ${mediaType}`;
  const problem = problemSchema.safeParse(JSON.parse(body ?? ''));
  if (!problem.success || !problemTypeSchema.safeParse(problem.data.type).success) {
    return `${status} with ${body}`;
  }
  return problem.data.status === status ? null : `${problem.data.status} in ${status}`;
}

const RUNS = runsOf('requests');
/** Most of what is drawn is answered in a few milliseconds, but every password costs its hash. */
const LONGEST_MS = 60_000 + RUNS * 200;

describe('whatever is asked', { timeout: LONGEST_MS }, () => {
  it('is answered, and never with an error of the server', async () => {
    const services = requestsOf(await operationsAt(`${server.origin}/alpha`), '/alpha', KNOWN);
    const servers = requestsOf(await operationsAt(server.origin), '', {});
    const requests = fc.oneof(
      { weight: 9, arbitrary: services },
      { weight: 1, arbitrary: servers },
    );
    const seen = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(requests, async (request) => {
        const answer = await sendOnWire(server.origin, request, token);
        const name = `${request.kind} ${answer?.status ?? 'silence'}`;
        seen.set(name, (seen.get(name) ?? 0) + 1);
        const wrong = objection(request, answer, request.operation);
        expect(wrong, `${request.method} ${request.path.slice(0, 300)}`).toBeNull();
        const mayHaveEnded = ['PUT', 'DELETE'].includes(request.method);
        if (request.bearer !== 'good' || !mayHaveEnded) return;
        const still = await call(`${server.origin}/alpha/v1/session`, 'GET', { token });
        const hasNewPassword = request.method === 'PUT' && answer?.status === 204;
        if (still.status !== 200 || hasNewPassword) await renew();
      }),
      tries(RUNS),
    );
    // Else what was drawn is not what it should be.
    expect([...seen.keys()]).toEqual(
      expect.arrayContaining(['good 200', 'good 204', 'spoiled 400', 'spoiled 401', 'raw 400']),
    );
    expect((await call(`${server.origin}/readyz`)).status).toBe(200);
    expect(server.log()).not.toContain(PASSWORD);
  });
});
