import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sessionInfoSchema } from '../../../src-shared/api-contract.js';
import { DEFAULT_LIMITS } from '../../../src-server/auth/limits.js';
import {
  bodyOf,
  call,
  createAccount,
  newHandle,
  problemIn,
  signIn,
  signInBody,
} from './support/client.js';
import { startTestServer, type TestServer } from './support/test-server.js';

const DAY_MS = 86_400_000;
const QUARTER_HOUR_MS = 900_000;
let server: TestServer;
let base: string;

beforeAll(async () => {
  server = await startTestServer();
  base = `${server.origin}/alpha`;
  await createAccount(base, 'ada@example.org');
});
afterAll(() => server.remove());
beforeEach(() => {
  // Every test begins with fresh limits.
  server.clock.nowMs += QUARTER_HOUR_MS;
});

const tryWith = (email: string, password: string) =>
  call(`${base}/v1/sessions`, 'POST', { body: signInBody(email, { password }) });

describe('signing in', () => {
  it('gives a token that works, for 30 days or for one', async () => {
    for (const [remember, days] of [
      [true, 30],
      [false, 1],
    ] as const) {
      const session = await signIn(base, 'ADA@example.org', { remember });
      expect(Date.parse(session.expiresAt) - server.clock.nowMs).toBe(days * DAY_MS);
      const answer = await call(`${base}/v1/session`, 'GET', { token: session.token });
      const { token, ...info } = session;
      expect(bodyOf(answer, sessionInfoSchema)).toEqual(info);
      expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    }
  });

  it('answers an unknown account and a wrong password alike', async () => {
    const answers = [
      await tryWith('ada@example.org', 'wrong password'),
      await tryWith('nobody@example.org', 'wrong password'),
      await tryWith('not an address', ''),
    ];
    const seen = answers.map((answer) => {
      const headers = [...answer.headers.entries()].filter(([name]) => name !== 'date');
      return { status: answer.status, text: answer.text, headers };
    });
    expect(problemIn(answers[0] ?? fail())).toMatchObject({ type: 'bad-credentials', status: 401 });
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[2]).toEqual(seen[0]);
  });

  it('knows an account only on its own service', async () => {
    const body = signInBody('ada@example.org');
    const answer = await call(`${server.origin}/beta/v1/sessions`, 'POST', { body });
    expect(problemIn(answer).type).toBe('bad-credentials');
  });

  it('takes a revoke hash only once', async () => {
    const { revokeHash } = newHandle();
    await signIn(base, 'ada@example.org', { revokeHash });
    const body = signInBody('ada@example.org', { revokeHash });
    const again = await call(`${base}/v1/sessions`, 'POST', { body });
    expect(problemIn(again)).toMatchObject({ type: 'bad-request', status: 400 });
  });

  it('refuses a request without device', async () => {
    const body = { ...signInBody('ada@example.org'), device: undefined };
    const problem = problemIn(await call(`${base}/v1/sessions`, 'POST', { body }));
    expect(problem.detail).toContain('device');
  });

  it('stops the 11th wrong password of an account, known or not, until the window is over', async () => {
    for (const email of ['ada@example.org', 'nobody@example.org']) {
      const tries = await Promise.all(Array.from({ length: 11 }, () => tryWith(email, 'wrong')));
      const statuses = tries.map((answer) => answer.status);
      expect(statuses.filter((status) => status === 401)).toHaveLength(10);
      const refused = tries.find((answer) => answer.status === 429) ?? fail();
      expect(problemIn(refused).type).toBe('too-many-requests');
      expect(refused.headers.get('retry-after')).toBe('900');
    }
    expect(
      (await call(`${base}/v1/sessions`, 'POST', { body: signInBody('ada@example.org') })).status,
    ).toBe(429);
    server.clock.nowMs += QUARTER_HOUR_MS;
    await signIn(base, 'ada@example.org');
  });

  it('does not count successes', async () => {
    for (let count = 0; count < 12; count += 1) await signIn(base, 'ada@example.org');
  });

  it('stops failures from one address, whatever the account', async () => {
    const signInPerAddress = { most: 3, windowMs: QUARTER_HOUR_MS };
    const strict = await startTestServer({ limits: { ...DEFAULT_LIMITS, signInPerAddress } });
    const statuses: number[] = [];
    for (let count = 0; count < 5; count += 1) {
      const body = signInBody(`nobody-${count}@example.org`);
      statuses.push((await call(`${strict.origin}/beta/v1/sessions`, 'POST', { body })).status);
    }
    await strict.remove();
    expect(statuses).toEqual([401, 401, 401, 429, 429]);
  });
});

function fail(): never {
  throw new Error('there is no such answer');
}
