import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
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
  const { server, isAsked, release } = await serverThatHolds();
  const { hostname, port } = new URL(server.origin);
  const socket = connect(Number(port), hostname);
  let text = '';
  socket.setEncoding('utf8').on('data', (part: string) => (text += part));
  const ask = (path: string) => socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`);
  ask('/readyz');
  await isAsked;
  const stopped = server.remove();
  // The next request on the same connection, sent before the first one is answered.
  ask('/healthz');
  release();
  await once(socket, 'close');
  await stopped;
  const [first = '', second = ''] = text.split('HTTP/1.1 ').slice(1);
  expect(first).toMatch(/^200 /);
  // Where the connection is closed after the first answer, nothing comes, and the client asks elsewhere.
  if (second !== '') {
    expect(second).toMatch(/^503 /);
    expect(second).toContain('"type":"unavailable"');
    expect(second.toLowerCase()).toContain('retry-after: 5');
  }
});

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
