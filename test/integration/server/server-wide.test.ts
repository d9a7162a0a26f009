import { afterEach, describe, expect, it } from 'vitest';
import { call, problemIn } from './support/client.js';
import { startTestServer, type TestServer } from './support/test-server.js';

let server: TestServer | undefined;
afterEach(async () => {
  await server?.remove();
  server = undefined;
});

describe('the server as a whole', () => {
  it('says that it honours Global Privacy Control, and since when', async () => {
    server = await startTestServer();
    const answer = await call(`${server.origin}/.well-known/gpc.json`);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    expect(JSON.parse(answer.text)).toEqual({
      gpc: true,
      lastUpdate: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/) as string,
    });
  });

  it('is alive and ready', async () => {
    server = await startTestServer();
    for (const path of ['/healthz', '/readyz']) {
      const answer = await call(server.origin + path);
      expect([answer.status, answer.text]).toEqual([200, '{"status":"ok"}']);
    }
  });

  it('is alive but not ready when its database does not answer', async () => {
    server = await startTestServer({
      wrapStore: (store) => ({
        ...store,
        prove: () => Promise.reject(Object.assign(new Error(), { code: 'SQLITE_IOERR_READ' })),
      }),
    });
    expect((await call(`${server.origin}/healthz`)).status).toBe(200);
    const answer = await call(`${server.origin}/readyz`);
    expect(problemIn(answer)).toMatchObject({ type: 'unavailable', status: 503 });
  });
});
