import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newAccountSchema } from '../../../src-shared/api-contract.js';
import { DEFAULT_LIMITS } from '../../../src-server/auth/limits.js';
import { bodyOf, call, createAccount, PASSWORD, problemIn } from './support/client.js';
import { startTestServer, type TestServer } from './support/test-server.js';

let server: TestServer;
let base: string;
const MOST = 8;

beforeAll(async () => {
  const accountsPerAddress = { most: MOST, windowMs: 60_000 };
  server = await startTestServer({ limits: { ...DEFAULT_LIMITS, accountsPerAddress } });
  base = `${server.origin}/alpha`;
});
afterAll(() => server.remove());

describe('making an account', () => {
  it('answers 201 with an opaque id and the address as it was written', async () => {
    const body = { email: 'Ada@Example.org', password: PASSWORD };
    const answer = await call(`${base}/v1/accounts`, 'POST', { body });
    const { account } = bodyOf(answer, newAccountSchema, 201);
    expect(account.email).toBe('Ada@Example.org');
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('says openly that an address is taken, also in another case, but not on another service', async () => {
    const body = { email: 'ada@example.ORG', password: 'another password' };
    expect(problemIn(await call(`${base}/v1/accounts`, 'POST', { body }))).toMatchObject({
      type: 'account-exists',
      status: 409,
    });
    await createAccount(`${server.origin}/beta`, 'ada@example.org');
  });

  it.each([
    ['email', { email: 'no address', password: PASSWORD }],
    ['password', { email: 'bob@example.org', password: 'short' }],
    ['password', { email: 'bob@example.org' }],
  ])('refuses a bad %s by name and does not repeat it', async (field, body) => {
    const problem = problemIn(await call(`${base}/v1/accounts`, 'POST', { body }));
    expect(problem).toMatchObject({ type: 'bad-request', status: 400 });
    expect(problem.detail).toContain(field);
    expect(problem.detail).not.toContain('short:');
  });

  it('keeps one account when two are asked for at once', async () => {
    const body = { email: 'twin@example.org', password: PASSWORD };
    const answers = await Promise.all(
      [1, 2].map(() => call(`${base}/v1/accounts`, 'POST', { body })),
    );
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([201, 409]);
  });

  it('limits tries per address, says how long to wait, and lets on after that', async () => {
    server.clock.nowMs += 60_000;
    const body = { email: 'ada@example.org', password: PASSWORD };
    for (let tries = 0; tries < MOST; tries += 1) {
      const answer = await call(`${base}/v1/accounts`, 'POST', { body });
      expect(answer.status).toBe(409);
    }
    server.clock.nowMs += 15_500;
    const refused = await call(`${base}/v1/accounts`, 'POST', { body });
    expect(problemIn(refused)).toMatchObject({ type: 'too-many-requests', status: 429 });
    expect(refused.headers.get('retry-after')).toBe('45');
    server.clock.nowMs += 44_500;
    expect((await call(`${base}/v1/accounts`, 'POST', { body })).status).toBe(409);
  });
});
