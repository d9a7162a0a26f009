import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_BODY_BYTES } from '../../../src-shared/api-contract.js';
import { call, problemIn, signedIn, signInBody } from './support/client.js';
import { startTestServer, type TestServer } from './support/test-server.js';

let server: TestServer;
let base: string;

beforeAll(async () => {
  server = await startTestServer();
  base = `${server.origin}/alpha`;
});
afterAll(() => server.remove());

const postRaw = (body: string | Uint8Array, type = 'application/json') =>
  fetch(`${base}/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': type },
    body: body as BodyInit,
  }).then(async (response) => ({
    status: response.status,
    headers: response.headers,
    text: await response.text(),
  }));

describe('errors are problems', () => {
  it.each([
    ['GET', ''],
    ['GET', '/nothing'],
    ['GET', '/nothing/v1/session'],
    ['GET', '/alpha'],
    ['GET', '/alpha/v1/events'],
    ['PUT', '/alpha/v1/account/password'],
    ['DELETE', '/alpha/v1/account'],
    ['POST', '/alpha/v1/data-rights-requests'],
    ['GET', '/alpha/v1/data-rights-requests/1'],
    ['GET', '/metrics'],
  ])('%s %s is not found', async (method, path) => {
    const problem = problemIn(await call(server.origin + path, method));
    expect(problem).toMatchObject({ type: 'not-found', status: 404 });
  });

  it.each([
    ['POST', '/alpha/manifest', 'GET, HEAD'],
    ['GET', '/alpha/v1/accounts', 'POST'],
    ['PUT', '/alpha/v1/sessions', 'GET, HEAD, POST'],
    ['GET', '/alpha/v1/sessions/some-id', 'DELETE'],
    ['OPTIONS', '/healthz', 'GET, HEAD'],
  ])('%s %s is answered 405 with what it takes', async (method, path, allow) => {
    const answer = await call(`${server.origin}${path}?q=1`, method);
    expect(problemIn(answer)).toMatchObject({ type: 'bad-request', status: 405 });
    expect(answer.headers.get('allow')).toBe(allow);
  });

  it('takes a body of 1 MiB and none that is larger', async () => {
    const { token } = await signedIn(base);
    const send = async (bytes: number) => {
      const frame = JSON.stringify({ entries: [''] }).length;
      const body = { entries: ['x'.repeat(bytes - frame)] };
      return call(`${base}/v1/decisions`, 'POST', { token, body });
    };
    expect((await send(MAX_BODY_BYTES)).status).toBe(200);
    const refused = await send(MAX_BODY_BYTES + 1);
    expect(problemIn(refused)).toMatchObject({ type: 'body-too-large', status: 413 });
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', 'nonsense'])(
    'takes no %s',
    async (type) => {
      const answer = await postRaw('{}', type);
      expect(problemIn(answer)).toMatchObject({ type: 'bad-request', status: 415 });
    },
  );

  it.each([
    ['no JSON', '{"password": "hunter2-secret'],
    ['nothing', ''],
    ['no object', '[]'],
    ['no UTF-8', Buffer.from(JSON.stringify(signInBody('ad\xff@example.org')), 'latin1')],
  ])('takes a body that is %s for a bad request and does not quote it', async (_name, body) => {
    const answer = await postRaw(body);
    expect(problemIn(answer)).toMatchObject({ type: 'bad-request', status: 400 });
    expect(answer.text).not.toContain('hunter2');
  });

  it('is not polluted by __proto__', async () => {
    const good = JSON.stringify(signInBody('nobody@example.org'));
    const answer = await postRaw(good.replace('{', '{"__proto__":{"email":"x"},'));
    expect(problemIn(answer).type).toBe('bad-credentials');
    expect('email' in {}).toBe(false);
  });

  it('answers a path that cannot be decoded', async () => {
    expect(problemIn(await call(`${base}/v1/sessions/%zz`, 'DELETE')).status).toBe(400);
  });

  it('answers bytes that are not HTTP', async () => {
    const { port, hostname } = new URL(server.origin);
    const socket = connect(Number(port), hostname);
    socket.end('this is not HTTP\r\n\r\n');
    const parts: Buffer[] = [];
    for await (const part of socket) parts.push(part as Buffer);
    const [head = '', body = ''] = Buffer.concat(parts).toString().split('\r\n\r\n');
    expect(head).toContain('HTTP/1.1 400');
    expect(head).toContain('Content-Type: application/problem+json');
    expect(JSON.parse(body)).toMatchObject({ type: 'bad-request', status: 400 });
  });
});
