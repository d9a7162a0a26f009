import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { expect, it } from 'vitest';
import { startTestServer } from './support/test-server.js';

it('stops at once beside connections that rest or were never used, and answers what is on its way', async () => {
  const { server, isAsked, release } = await serverThatHolds();
  const { hostname, port } = new URL(server.origin);
  const silent = connect(Number(port), hostname);
  await once(silent, 'connect');
  const resting = new Agent({ keepAlive: true });
  await answerOf(get(`${server.origin}/healthz`, { agent: resting }));
  const busy = new Agent({ keepAlive: true });
  const underWay = answerOf(get(`${server.origin}/readyz`, { agent: busy }));
  await isAsked;
  const closed = once(silent, 'close');
  const stopped = server.remove();
  await closed;
  release();
  expect(await underWay).toMatchObject({ status: 200, text: '{"status":"ok"}' });
  // Were it to wait for a connection, this would take longer than a test may: keep-alive is over a minute here.
  await stopped;
  resting.destroy();
  busy.destroy();
});

it('answers 503 to what still comes in on an open connection while it stops', async () => {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  // An answer that has begun can no longer say that its connection will be closed, so that more may come in on it.
  const server = await startTestServer({
    routes: (app) => {
      app.get('/begun', async (_request, reply) => {
        reply.hijack();
        reply.raw.writeHead(200, { 'content-length': '4' }).write('ab');
        await held;
        reply.raw.end('cd');
      });
    },
  });
  const { hostname, port } = new URL(server.origin);
  const socket = connect(Number(port), hostname);
  let text = '';
  socket.setEncoding('utf8').on('data', (part: string) => (text += part));
  const ask = (path: string) => socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`);
  const isBegun = once(socket, 'data');
  ask('/begun');
  await isBegun;
  const stopped = server.remove();
  // It stops from the moment on at which it takes no other connection.
  await gone(connect(Number(port), hostname));
  ask('/healthz');
  release();
  await once(socket, 'close');
  await stopped;
  const [first = '', second = ''] = text.split('HTTP/1.1 ').slice(1);
  expect(first).toMatch(/^200 .*abcd$/s);
  expect(second).toMatch(/^503 /);
  expect(second).toContain('"type":"unavailable"');
  expect(second.toLowerCase()).toContain('retry-after: 5');
  expect(second.toLowerCase()).toContain('connection: close');
});

/** Comes about when a connection has ended, or never came about. */
function gone(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket
      .on('error', () => undefined)
      .once('close', () => {
        resolve();
      });
  });
}

/** A server whose `/readyz` is answered only once it is released. */
async function serverThatHolds() {
  let release = (): void => undefined;
  let asked = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const isAsked = new Promise<void>((resolve) => (asked = resolve));
  const server = await startTestServer({
    wrapStore: (store) => ({
      ...store,
      async prove() {
        asked();
        await held;
      },
    }),
  });
  return { server, isAsked, release };
}

async function answerOf(request: ReturnType<typeof get>) {
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  let text = '';
  for await (const part of response) text += String(part);
  return { status: response.statusCode, text };
}
