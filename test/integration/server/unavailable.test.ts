import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMetrics } from '../../../src-server/http/metrics.js';
import type { Store } from '../../../src-server/store/store.js';
import { call, PASSWORD, problemIn, signedIn, signInBody } from './support/client.js';
import { decision } from './support/decisions.js';
import { keyedDevice } from './support/keyed-device.js';
import { newChain } from './support/signer.js';
import { startTestServer, type TestServer } from './support/test-server.js';

let server: TestServer;
let isAway = false;
let token = '';
let body: unknown;
const metrics = createMetrics();

/** Every part of the store rejects as SQLite does when somebody else holds the file, while `isAway`. */
const failing = (store: Store): Store =>
  new Proxy(store, {
    get(whole, name: keyof Store) {
      const part = whole[name];
      if (name === 'announcements' || name === 'feed' || name === 'close') return part;
      const away = () => Promise.reject(Object.assign(new Error(), { code: 'SQLITE_BUSY' }));
      if (typeof part === 'function') return isAway ? away : part;
      return new Proxy(part as object, {
        get: (inner, method) => (isAway ? away : (Reflect.get(inner, method) as unknown)),
      });
    },
  });

beforeAll(async () => {
  server = await startTestServer({ wrapStore: failing, parts: { metrics } });
  const base = `${server.origin}/alpha`;
  token = (await signedIn(base)).token;
  const { me, signer } = await keyedDevice(base, 'grace@example.org');
  const denial = decision(me, 1, { choices: { analytics: 'denied' } });
  body = { entries: [newChain(signer).next(denial)] };
  isAway = true;
});
afterAll(() => server.remove());

describe('while the database is locked', () => {
  it.each([
    ['POST', '/alpha/v1/accounts', { body: { email: 'a@example.org', password: PASSWORD } }],
    ['POST', '/alpha/v1/sessions', { body: signInBody('ada@example.org') }],
    ['POST', '/alpha/v1/sessions/revoke', { body: { handle: 'A'.repeat(43) } }],
    ['GET', '/alpha/v1/session', {}],
    ['DELETE', '/alpha/v1/session', {}],
    ['GET', '/alpha/v1/sessions', {}],
    ['DELETE', '/alpha/v1/sessions/x', {}],
    [
      'PUT',
      '/alpha/v1/account/password',
      { body: { currentPassword: 'x', newPassword: PASSWORD } },
    ],
    ['DELETE', '/alpha/v1/account', {}],
    ['POST', '/alpha/v1/decisions', { body: { entries: [{}] } }],
    ['GET', '/alpha/v1/decisions', {}],
    ['GET', '/alpha/v1/events', {}],
    ['GET', '/.well-known/jwks.json', {}],
    ['GET', '/readyz', {}],
  ])('%s %s is answered 503 with Retry-After', async (method, path, options) => {
    const answer = await call(server.origin + path, method, { token, ...options });
    expect(problemIn(answer)).toMatchObject({ type: 'unavailable', status: 503 });
    expect(answer.headers.get('retry-after')).toBe('5');
  });

  it('so is what comes without a session', async () => {
    const answer = await call(`${server.origin}/alpha/v1/decisions`, 'POST', { body });
    expect(problemIn(answer)).toMatchObject({ type: 'unavailable', status: 503 });
    expect(answer.headers.get('retry-after')).toBe('5');
  });

  it.each(['/healthz', '/alpha/manifest', '/alpha/policy', '/alpha/openapi.json'])(
    '%s goes on',
    async (path) => {
      expect((await call(server.origin + path)).status).toBe(200);
    },
  );

  it('counts that it was', async () => {
    const text = await metrics.registry.metrics();
    const [, count] = /^sayso_store_failures_total (\d+)$/m.exec(text) ?? [];
    expect(Number(count)).toBeGreaterThan(14);
  });
});
