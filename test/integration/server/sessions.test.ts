import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sessionListSchema } from '../../../src-shared/api-contract.js';
import { bodyOf, call, createAccount, problemIn, signIn } from './support/client.js';
import { startTestServer, type TestServer } from './support/test-server.js';

const DAY_MS = 86_400_000;
let server: TestServer;
let base: string;

beforeAll(async () => {
  server = await startTestServer();
  base = `${server.origin}/alpha`;
  await createAccount(base, 'ada@example.org');
});
afterAll(() => server.remove());

const signInHere = (remember = true) => signIn(base, 'ada@example.org', { remember });
const session = (token: string | undefined, method = 'GET') =>
  call(`${base}/v1/session`, method, { token });

describe('a session', () => {
  it('is invalid from the moment it is signed out', async () => {
    const { token } = await signInHere();
    const out = await session(token, 'DELETE');
    expect([out.status, out.text]).toEqual([204, '']);
    const after = await session(token);
    expect(problemIn(after)).toMatchObject({ type: 'session-ended', status: 401 });
    expect(after.headers.get('www-authenticate')).toBe('Bearer');
    expect(problemIn(await session(token, 'DELETE')).type).toBe('session-ended');
  });

  it('expires on the dot, and having been ended outranks that', async () => {
    const kept = await signInHere(false);
    const ended = await signInHere(false);
    await session(ended.token, 'DELETE');
    server.clock.nowMs += DAY_MS - 1;
    expect((await session(kept.token)).status).toBe(200);
    server.clock.nowMs += 1;
    expect(problemIn(await session(kept.token)).type).toBe('session-expired');
    expect(problemIn(await session(ended.token)).type).toBe('session-ended');
  });

  it('is told apart from one never heard of for 30 days after its expiry', async () => {
    const { token } = await signInHere(false);
    server.clock.nowMs += 31 * DAY_MS;
    await signInHere();
    expect(problemIn(await session(token)).type).toBe('session-expired');
    server.clock.nowMs += 1;
    await signInHere();
    expect(problemIn(await session(token)).type).toBe('session-missing');
  });

  it.each([
    ['no token', {}],
    ['a garbled token', { authorization: 'Bearer abc' }],
    ['an unknown token', { authorization: `Bearer ${'A'.repeat(43)}` }],
    ['another scheme', { authorization: 'Basic YWRhOnB3' }],
  ])('is missing with %s', async (_name, headers) => {
    for (const path of ['/v1/session', '/v1/sessions', '/v1/decisions']) {
      const problem = problemIn(await call(`${base}${path}`, 'GET', { headers }));
      expect(problem).toMatchObject({ type: 'session-missing', status: 401 });
    }
  });

  it('is missing on another service', async () => {
    const { token } = await signInHere();
    const answer = await call(`${server.origin}/beta/v1/session`, 'GET', { token });
    expect(problemIn(answer).type).toBe('session-missing');
  });
});

describe('the list of sessions', () => {
  it('shows those that are open, marks this one, and notes when they were used', async () => {
    await createAccount(base, 'list@example.org');
    const device = { id: 'device-2', name: 'Phone\0 \ud800 🙂' };
    const desk = await signIn(base, 'list@example.org');
    server.clock.nowMs += 60_000;
    const phone = await signIn(base, 'list@example.org', { device, remember: false });
    const gone = await signIn(base, 'list@example.org');
    await session(gone.token, 'DELETE');
    const list = async () =>
      bodyOf(await call(`${base}/v1/sessions`, 'GET', { token: desk.token }), sessionListSchema)
        .sessions;
    const now = new Date(server.clock.nowMs).toISOString();
    const sessions = await list();
    expect(sessions.map((one) => [one.id, one.deviceName, one.current])).toEqual([
      [desk.sessionId, 'Desk', true],
      [phone.sessionId, 'Phone \ufffd 🙂', false],
    ]);
    expect(sessions.map((one) => one.lastUsedAt)).toEqual([now, now]);
    server.clock.nowMs += DAY_MS;
    expect(await list()).toHaveLength(1);
  });

  it('ends one on another device, again without complaint, and none of a stranger', async () => {
    const [mine, other] = [await signInHere(), await signInHere()];
    const end = (id: string, token: string) =>
      call(`${base}/v1/sessions/${id}`, 'DELETE', { token });
    expect((await end(other.sessionId, mine.token)).status).toBe(204);
    expect(problemIn(await session(other.token)).type).toBe('session-ended');
    expect((await end(other.sessionId, mine.token)).status).toBe(204);
    await createAccount(base, 'stranger@example.org');
    const stranger = await signIn(base, 'stranger@example.org');
    expect(problemIn(await end(mine.sessionId, stranger.token))).toMatchObject({
      type: 'not-found',
      status: 404,
    });
    expect((await session(mine.token)).status).toBe(200);
    expect(problemIn(await end('no%20id', mine.token)).type).toBe('bad-request');
  });
});
