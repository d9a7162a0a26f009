import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMetrics } from '../../../src-server/http/metrics.js';
import { DEFAULT_LIMITS } from '../../../src-server/auth/limits.js';
import { otlpBody } from '../../../src-main/usage/otlp.js';
import { call, problemIn } from './support/client.js';
import { startTestServer, type TestServer } from './support/test-server.js';

const metrics = createMetrics();
let server: TestServer;
let base: string;
beforeAll(async () => {
  const usagePerAddress = { most: 12, windowMs: 60_000 };
  server = await startTestServer({
    limits: { ...DEFAULT_LIMITS, usagePerAddress },
    parts: { metrics },
  });
  base = `${server.origin}/alpha`;
});
afterAll(() => server.remove());

const counted = async (what: string): Promise<number> => {
  const { values } = (await metrics.registry
    .getSingleMetric('sayso_usage_batches_total')
    ?.get()) ?? {
    values: [],
  };
  return values.find(({ labels }) => labels['what'] === what)?.value ?? 0;
};
const usage = async () =>
  JSON.parse(await otlpBody({ 'page policy': 2, 'action withdraw': 1 }, randomUUID())) as {
    resourceMetrics: { resource: { attributes: unknown[] }; scopeMetrics: unknown[] }[];
  };
const send = (body: unknown) => call(`${base}/otlp/v1/metrics`, 'POST', { body });
const forget = (batches: unknown) => call(`${base}/otlp/forget`, 'POST', { body: { batches } });

describe('usage statistics', () => {
  it('are taken as the client makes them, and nothing of them is kept or logged', async () => {
    const body = await usage();
    const answer = await send(body);
    expect(answer.status).toBe(200);
    expect(await counted('taken')).toBe(1);
    const batch = JSON.stringify(body).match(/[0-9a-f-]{36}/)?.[0] ?? 'no batch';
    expect(server.log()).not.toContain(batch);
    expect(await metrics.registry.metrics()).not.toContain(batch);
  });

  it('are turned away with anything that could say whose they are', async () => {
    const body = await usage();
    const [about] = body.resourceMetrics;
    about?.resource.attributes.push({ key: 'host.name', value: { stringValue: 'desk' } });
    expect(problemIn(await send(body)).type).toBe('bad-request');
    const other = await usage();
    const text = JSON.stringify(other).replaceAll('"page"', '"user"');
    expect(problemIn(await send(JSON.parse(text))).type).toBe('bad-request');
    expect(await counted('taken')).toBe(1);
  });

  it('are forgotten as often as that is asked', async () => {
    const batches = [randomUUID(), randomUUID()];
    for (const times of [1, 2]) {
      expect((await forget(batches)).status).toBe(204);
      expect(await counted('forgotten')).toBe(2 * times);
    }
    for (const wrong of [[], ['short'], Array.from({ length: 101 }, () => randomUUID())]) {
      expect(problemIn(await forget(wrong)).type).toBe('bad-request');
    }
  });

  it('come only so often from one address', async () => {
    const statuses: number[] = [];
    for (let turn = 0; turn < 12; turn += 1) statuses.push((await forget([randomUUID()])).status);
    expect(statuses).toContain(204);
    expect(statuses.at(-1)).toBe(429);
  });
});

it('has a page in the place of the service, which stores and fetches nothing', async () => {
  const answer = await fetch(`${base}/`, { headers: { accept: 'text/html' } });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'");
  expect(answer.headers.get('set-cookie')).toBeNull();
  expect(await answer.text()).toContain("'s own pages would be here");
});
