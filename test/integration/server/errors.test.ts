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
    ['POST', '/alpha/v1/account', 'DELETE'],
    ['DELETE', '/alpha/v1/events', 'GET, HEAD'],
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

  it.each([
    ['text/html', '/alpha/manifest', 406],
    ['application/json;q=0', '/alpha/manifest', 406],
    ['text/html, application/json;q=0.1', '/alpha/manifest', 200],
    ['application/*', '/alpha/manifest', 200],
    ['text/event-stream', '/alpha/manifest', 406],
    ['application/json', '/alpha/v1/events', 406],
    ['text/event-stream', '/alpha/v1/events', 401],
    ['image/*', '/nothing', 404],
  ])('looks at Accept: %s for %s', async (accept, path, status) => {
    const answer = await call(server.origin + path, 'GET', { headers: { accept } });
    expect(answer.status).toBe(status);
    if (status === 406) expect(problemIn(answer).type).toBe('bad-request');
  });

  it('answers HEAD as GET, without the body', async () => {
    for (const path of ['/healthz', '/alpha/manifest', '/.well-known/jwks.json', '/nothing']) {
      const get = await call(server.origin + path);
      const head = await call(server.origin + path, 'HEAD');
      expect([head.status, head.text]).toEqual([get.status, '']);
      expect(head.headers.get('content-type')).toBe(get.headers.get('content-type'));
      expect(head.headers.get('etag')).toBe(get.headers.get('etag'));
    }
  });

  it('says the time by its own clock, as everything else', async () => {
    const { headers } = await call(`${server.origin}/healthz`);
    expect(Date.parse(headers.get('date') ?? '')).toBe(server.clock.nowMs);
  });

  it.each([
    ['an expectation', 'Host: x\r\nExpect: a miracle\r\n', 417],
    ['a missing Host', '', 400],
  ])('answers %s, which Node would answer without a body', async (_what, headers, status) => {
    const { port, hostname } = new URL(server.origin);
    const socket = connect(Number(port), hostname);
    socket.write(`GET /healthz HTTP/1.1\r\n${headers}Connection: close\r\n\r\n`);
    const parts: Buffer[] = [];
    for await (const part of socket) parts.push(part as Buffer);
    const text = Buffer.concat(parts).toString();
    expect(text).toContain(`HTTP/1.1 ${status}`);
    expect(text.toLowerCase()).toContain('content-type: application/problem+json');
    expect(text).toContain('"type":"bad-request"');
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
