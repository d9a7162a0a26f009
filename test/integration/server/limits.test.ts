import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS, type Limits } from '../../../src-server/auth/limits.js';
import { call, PASSWORD, problemIn, signedIn, signIn } from './support/client.js';
import { startTestServer } from './support/test-server.js';

const MINUTE_MS = 60_000;
const limited = (limits: Partial<Limits>) =>
  startTestServer({ limits: { ...DEFAULT_LIMITS, ...limits } });

describe('what costs something is limited', () => {
  it.each<[keyof Limits, string, () => unknown]>([
    [
      'accountsPerAddress',
      '/v1/accounts',
      () => ({ email: `a${randomBytes(4).toString('hex')}@example.org`, password: PASSWORD }),
    ],
    [
      'revokesPerAddress',
      '/v1/sessions/revoke',
      () => ({ handle: randomBytes(32).toString('base64url') }),
    ],
    [
      'passwordsPerAddress',
      '/v1/sessions',
      () => ({
        email: `a${randomBytes(4).toString('hex')}@example.org`,
        password: PASSWORD,
        device: { id: 'd', name: 'd' },
        remember: true,
      }),
    ],
  ])('%s at %s', async (kind, path, bodyOfTry) => {
    const server = await limited({ [kind]: { most: 2, windowMs: MINUTE_MS } });
    const send = () => call(`${server.origin}/alpha${path}`, 'POST', { body: bodyOfTry() });
    const first = [await send(), await send()];
    expect(first.every((answer) => answer.status < 429)).toBe(true);
    const refused = await send();
    expect(problemIn(refused)).toMatchObject({ type: 'too-many-requests', status: 429 });
    expect(refused.headers.get('retry-after')).toBe('60');
    server.clock.nowMs += MINUTE_MS;
    expect((await send()).status).not.toBe(429);
    await server.remove();
  });

  it('calls with a token, each account for itself and all its sessions together', async () => {
    const server = await limited({ callsPerAccount: { most: 3, windowMs: MINUTE_MS } });
    const base = `${server.origin}/alpha`;
    const { token } = await signedIn(base);
    const second = await signIn(base, 'ada@example.org');
    const other = await signedIn(base, 'grace@example.org');
    const statusOf = async (one: string, path: string) =>
      (await call(base + path, 'GET', { token: one })).status;
    expect(await statusOf(token, '/v1/session')).toBe(200);
    expect(await statusOf(second.token, '/v1/decisions')).toBe(200);
    expect(await statusOf(token, '/v1/sessions')).toBe(200);
    for (const path of ['/v1/session', '/v1/decisions', '/v1/events']) {
      expect(await statusOf(token, path)).toBe(429);
    }
    expect(await statusOf(other.token, '/v1/session')).toBe(200);
    await server.remove();
  });
});
