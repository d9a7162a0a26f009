import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { policyAnswerSchema } from '../../../src-shared/api-contract.js';
import { canonicalJson, MAX_POLICY_BYTES } from '../../../src-shared/ledger/canonical.js';
import { manifestSchema } from '../../../src-shared/manifest.js';
import { fixtureProfile } from '../../support/fixtures/service-profile.js';
import { bodyOf, call, problemIn } from './support/client.js';
import { startTestServer, type TestServer } from './support/test-server.js';

let server: TestServer;
let base: string;

beforeAll(async () => {
  server = await startTestServer();
  base = `${server.origin}/alpha`;
});
afterAll(() => server.remove());

describe('what a service publishes', () => {
  it('serves each service its own manifest', async () => {
    for (const id of ['alpha', 'beta']) {
      const manifest = bodyOf(await call(`${server.origin}/${id}/manifest`), manifestSchema);
      expect(manifest).toEqual(fixtureProfile(id).manifest);
    }
  });

  it.each(['manifest', 'policy', 'policy?version=2026-01&lang=de', 'openapi.json'])(
    'answers 304 without a body to whoever has /%s already',
    async (path) => {
      const first = await call(`${base}/${path}`);
      const etag = first.headers.get('etag') ?? '';
      expect(etag).toMatch(/^"[^"]+"$/);
      expect(first.headers.get('cache-control')).toBe('no-cache');
      for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
        const again = await call(`${base}/${path}`, 'GET', { headers: { 'if-none-match': known } });
        expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', etag]);
      }
      const other = await call(`${base}/${path}`, 'GET', { headers: { 'if-none-match': '"x"' } });
      expect([other.status, other.text]).toEqual([200, first.text]);
    },
  );

  it('hashes of a policy exactly what the person reads', async () => {
    const answer = bodyOf(await call(`${base}/policy`), policyAnswerSchema);
    const read = canonicalJson(
      { label: answer.label, sections: answer.sections },
      MAX_POLICY_BYTES,
    );
    expect(answer.sha256).toBe(createHash('sha256').update(read).digest('hex'));
  });

  it.each([
    ['', '2027-01', 'en'],
    ['?version=&lang=', '2027-01', 'en'],
    ['?version=2026-01', '2026-01', 'en'],
    ['?version=2026-01&lang=de-CH', '2026-01', 'de'],
    ['?version=2026-01&lang=fr', '2026-01', 'en'],
    ['?lang=de', '2027-01', 'en'],
  ])('picks for "%s" version %s in %s', async (query, version, lang) => {
    const answer = bodyOf(await call(`${base}/policy${query}`), policyAnswerSchema);
    expect([answer.version, answer.lang]).toEqual([version, lang]);
  });

  it.each([
    ['2026-01', null],
    ['2027-01', '2026-01'],
  ])('says of version %s that the one before it is %s', async (version, previous) => {
    for (const lang of ['en', 'de']) {
      const address = `${base}/policy?version=${version}&lang=${lang}`;
      expect(bodyOf(await call(address), policyAnswerSchema).previous).toBe(previous);
    }
  });

  it('has no unknown version and takes no nonsense for a language', async () => {
    expect(problemIn(await call(`${base}/policy?version=1999`))).toMatchObject({
      type: 'not-found',
      status: 404,
    });
    const bad = problemIn(await call(`${base}/policy?lang=<b>`));
    expect(bad).toMatchObject({ type: 'bad-request', status: 400 });
    expect(bad.detail).toContain('lang');
  });
});
