import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { PROBLEM_TYPES } from '../../../src-shared/api-contract.js';
import { bodyOf, call } from './support/client.js';
import { startTestServer, type TestServer } from './support/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.remove());

const operationSchema = z.object({
  operationId: z.string(),
  summary: z.string(),
  security: z.array(z.record(z.string(), z.array(z.string()))).optional(),
  requestBody: z.unknown().optional(),
  responses: z.partialRecord(z.string(), z.looseObject({ description: z.string() })),
});
const documentSchema = z.object({
  openapi: z.string(),
  info: z.object({ title: z.string(), version: z.string() }),
  servers: z.array(z.object({ url: z.string() })),
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
});
const documentAt = async (path: string) =>
  bodyOf(await call(`${server.origin}${path}`), documentSchema);

describe('the OpenAPI document', () => {
  it('has every call of a service, under the path it is mounted at', async () => {
    const document = await documentAt('/alpha/openapi.json');
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(document.servers).toEqual([{ url: '/alpha' }]);
    const calls = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(calls.toSorted()).toEqual([
      'delete /v1/account',
      'delete /v1/session',
      'delete /v1/sessions/{id}',
      'get /manifest',
      'get /policy',
      'get /v1/decisions',
      'get /v1/events',
      'get /v1/session',
      'get /v1/sessions',
      'post /otlp/forget',
      'post /otlp/v1/metrics',
      'post /v1/accounts',
      'post /v1/decisions',
      'post /v1/sessions',
      'post /v1/sessions/revoke',
      'put /v1/account/password',
    ]);
  });

  it('names for each call its security, its errors and an id of its own', async () => {
    const { paths } = await documentAt('/alpha/openapi.json');
    const operations = Object.values(paths).flatMap((methods) => Object.values(methods));
    expect(new Set(operations.map((one) => one.operationId)).size).toBe(operations.length);
    for (const { security, responses } of operations) {
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(['500', '503']));
      const unauthorized = responses['401']?.description ?? '';
      expect(unauthorized.includes('session-')).toBe(
        security?.some((way) => 'session' in way) === true,
      );
    }
  });

  it('says what an entry is, although entries are checked one by one', async () => {
    const { paths } = await documentAt('/alpha/openapi.json');
    const body = JSON.stringify(paths['/v1/decisions']?.['post']?.requestBody);
    expect(body).toContain('"supersedes"');
    expect(body).toContain('"maxItems":500');
    // Also inside of it nothing may be just anything.
    expect(body).toContain('"granted"');
    expect(body).toContain('"held"');
    expect(body).not.toContain('{}');
  });

  it('says that the stream of events is one, and that signed denials need no token', async () => {
    const { paths } = await documentAt('/alpha/openapi.json');
    const stream = JSON.stringify(paths['/v1/events']?.['get']?.responses['200']);
    expect(stream).toContain('text/event-stream');
    expect(paths['/v1/decisions']?.['post']?.security).toEqual([{ session: [] }, {}]);
    expect(paths['/manifest']?.['get']?.security).toEqual([]);
  });

  it('names no problem type that the contract does not have', async () => {
    const text = JSON.stringify(await documentAt('/alpha/openapi.json'));
    const named = [...text.matchAll(/`([a-z-]+)`:/g)].map(([, type]) => type);
    expect(named.length).toBeGreaterThan(10);
    expect(PROBLEM_TYPES).toEqual(expect.arrayContaining([...new Set(named)]));
  });

  it('has the calls of the server as a whole apart', async () => {
    const { paths } = await documentAt('/openapi.json');
    expect(Object.keys(paths).toSorted()).toEqual([
      '/.well-known/gpc.json',
      '/.well-known/jwks.json',
      '/healthz',
      '/readyz',
    ]);
  });
});
