import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  passwordChangeSchema,
  revokedSchema,
  sessionInfoSchema,
  sessionListSchema,
} from '../../src-shared/api-contract.js';
import {
  bodyOf,
  call,
  createAccount,
  newHandle,
  PASSWORD,
  problemIn,
  signedIn,
  signIn,
  signInBody,
} from '../integration/server/support/client.js';
import { otlpBody } from '../../src-main/usage/otlp.js';
import { decision, pull, push, pushEntries } from '../integration/server/support/decisions.js';
import { keyedDevice } from '../integration/server/support/keyed-device.js';
import { headerOf, newChain } from '../integration/server/support/signer.js';
import { startTestServer, type TestServer } from '../integration/server/support/test-server.js';
import { isStream, operationsAt } from './support/api-document.js';
import { standBetween, type Between } from './support/between.js';
import { startPrism, type Prism } from './support/prism.js';

/**
 * The good journeys once more, through `prism proxy --errors`: any request or answer that the served document does not allow
 * comes back as a problem of prism's own, which is no problem of the contract, and so fails the journey.
 */

let server: TestServer;
let behindService: Between;
let behindServer: Between;
let service: Prism;
let whole: Prism;
/** The service `alpha` as seen through prism. */
let base: string;

beforeAll(async () => {
  server = await startTestServer();
  behindService = await standBetween(`${server.origin}/alpha`);
  behindServer = await standBetween(server.origin);
  const documents = await Promise.all(
    ['/alpha', ''].map(async (path) => (await call(`${server.origin}${path}/openapi.json`)).text),
  );
  [service, whole] = await Promise.all([
    startPrism(documents[0] ?? '', behindService.origin),
    startPrism(documents[1] ?? '', behindServer.origin),
  ]);
  base = service.origin;
});
afterAll(async () => {
  await Promise.all([service.close(), whole.close()]);
  await Promise.all([behindService.close(), behindServer.close()]);
  await server.remove();
});
afterEach(() => {
  behindService.change = null;
});

describe('through prism', () => {
  it('documents, and that they have not changed', async () => {
    for (const path of ['/manifest', '/policy', '/policy?lang=en']) {
      const first = await call(base + path);
      expect(first.status).toBe(200);
      const headers = { 'if-none-match': first.headers.get('etag') ?? '' };
      expect((await call(base + path, 'GET', { headers })).status).toBe(304);
    }
    expect(problemIn(await call(`${base}/policy?version=none`)).type).toBe('not-found');
  });

  it('an account, a session and the ends of both', async () => {
    const email = 'ada@example.org';
    const { token, sessionId } = await signedIn(base, email);
    const body = { email, password: PASSWORD };
    expect(problemIn(await call(`${base}/v1/accounts`, 'POST', { body })).type).toBe(
      'account-exists',
    );
    const wrong = signInBody(email, { password: 'something else' });
    expect(problemIn(await call(`${base}/v1/sessions`, 'POST', { body: wrong })).type).toBe(
      'bad-credentials',
    );
    bodyOf(await call(`${base}/v1/session`, 'GET', { token }), sessionInfoSchema);
    const second = await signIn(base, email, { device: { id: 'device-2', name: 'Lap' } });
    const { sessions } = bodyOf(
      await call(`${base}/v1/sessions`, 'GET', { token }),
      sessionListSchema,
    );
    expect(sessions).toHaveLength(2);
    const end = `${base}/v1/sessions/${sessionId}`;
    expect((await call(end, 'DELETE', { token: second.token })).status).toBe(204);
    expect(problemIn(await call(`${base}/v1/session`, 'GET', { token })).type).toBe(
      'session-ended',
    );
    expect((await call(`${base}/v1/session`, 'DELETE', { token: second.token })).status).toBe(204);
  });

  it('the end of a session by its handle', async () => {
    await createAccount(base, 'bea@example.org');
    const { handle, revokeHash } = newHandle();
    await signIn(base, 'bea@example.org', { revokeHash });
    for (const [body, ended] of [
      [{ handle }, true],
      [{ handle: newHandle().handle }, false],
    ]) {
      const answer = await call(`${base}/v1/sessions/revoke`, 'POST', { body });
      expect(bodyOf(answer, revokedSchema)).toEqual({ ended });
    }
  });

  it('decisions that are bare, chained, headers, repeated and refused', async () => {
    const bare = await signedIn(base, 'cleo@example.org');
    const said = decision(bare.account.id, 1);
    expect((await push(base, bare.token, [said])).map((one) => one.status)).toEqual(['received']);
    expect((await push(base, bare.token, [said])).map((one) => one.status)).toEqual(['repeated']);

    const { token, me, signer } = await keyedDevice(base, 'dora@example.org');
    const chain = newChain(signer);
    const [first, second] = [1, 2].map((seq) => chain.next(decision(me, seq)));
    if (!first || !second) throw new Error('two entries');
    const foreign = { decision: decision('somebody', 3) };
    const results = await pushEntries(base, token, [first, headerOf(second), foreign]);
    expect(results.map((one) => one.status)).toEqual(['received', 'received', 'refused']);

    const page = await pull(base, token, '?limit=1');
    expect(page).toMatchObject({ more: true });
    const rest = await pull(base, token, `?after=${page.cursor}`);
    expect([...page.entries, ...rest.entries]).toHaveLength(2);
    expect(rest.keys).toHaveLength(1);
  });

  it('a refusal without a token', async () => {
    const { me, signer } = await keyedDevice(base, 'eve@example.org');
    const denied = newChain(signer).next(
      decision(me, 1, { action: 'necessary-only', choices: { analytics: 'denied' } }),
    );
    const body = { entries: [denied] };
    const answer = await call(`${base}/v1/decisions`, 'POST', { body });
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('"received"');
  });

  it('another password, and the end of the account', async () => {
    const { token } = await signedIn(base, 'fay@example.org');
    const body = passwordChangeSchema.parse({
      currentPassword: PASSWORD,
      newPassword: 'a new one!',
    });
    const changed = await call(`${base}/v1/account/password`, 'PUT', { token, body });
    expect(changed.status).toBe(204);
    const wrong = await call(`${base}/v1/account/password`, 'PUT', { token, body });
    expect(problemIn(wrong)).toMatchObject({ type: 'bad-credentials', status: 403 });
    expect((await call(`${base}/v1/account`, 'DELETE', { token })).status).toBe(204);
    expect(problemIn(await call(`${base}/v1/session`, 'GET', { token })).type).toBe(
      'session-ended',
    );
  });

  it('usage statistics, and their end', async () => {
    const batch = randomUUID();
    const body: unknown = JSON.parse(await otlpBody({ 'page policy': 1 }, batch));
    expect((await call(`${base}/otlp/v1/metrics`, 'POST', { body })).status).toBe(200);
    const forgotten = { body: { batches: [batch] } };
    expect((await call(`${base}/otlp/forget`, 'POST', forgotten)).status).toBe(204);
  });

  it('what belongs to the server as a whole', async () => {
    const documents = ['/.well-known/gpc.json', '/.well-known/jwks.json'];
    for (const path of [...documents, '/healthz', '/readyz']) {
      expect((await call(whole.origin + path)).status).toBe(200);
    }
  });

  it('every call of both documents but the event stream, each with a good answer', async () => {
    const services = await operationsAt(`${server.origin}/alpha`);
    const servers = await operationsAt(server.origin);
    const good = [...behindService.passed, ...behindServer.passed]
      .filter((one) => / 20\d$/.test(one))
      .map((one) => one.replace(/ \d+$/, ''));
    const never = [...services, ...servers]
      .filter((operation) => !isStream(operation))
      .filter(({ method, path }) => {
        const called = new RegExp(`^${method} ${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
        return !good.some((one) => called.test(one));
      })
      .map(({ method, path }) => `${method} ${path}`);
    expect(never).toEqual([]);
  });

  it('no answer that the document does not describe', async () => {
    behindService.change = (text) => text.replace('"baseAddress":', '"somewhere":');
    const answer = await call(`${base}/manifest`);
    expect(answer.status).toBe(500);
    expect(answer.text).toContain('baseAddress');
  });
});
