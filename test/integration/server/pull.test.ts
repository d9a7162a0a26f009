import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_BODY_BYTES, pulledSchema } from '../../../src-shared/api-contract.js';
import { bodyOf, call, problemIn, signedIn, signIn } from './support/client.js';
import { decision, decisionIn, pull, push } from './support/decisions.js';
import { startTestServer, type TestServer } from './support/test-server.js';

let server: TestServer;
let base: string;

beforeAll(async () => {
  server = await startTestServer();
  base = `${server.origin}/alpha`;
});
afterAll(() => server.remove());

describe('reading decisions', () => {
  it('is empty at first, with a cursor that can be used', async () => {
    const { token } = await signedIn(base, 'empty@example.org');
    const first = await pull(base, token);
    expect(first).toEqual({
      entries: [],
      keys: [],
      flags: { optOutSignal: false },
      cursor: '',
      more: false,
    });
    expect(await pull(base, token, `?after=${first.cursor}`)).toEqual(first);
  });

  it('gives every device of the account the same, in order of arrival, page by page', async () => {
    const desk = await signedIn(base, 'pages@example.org');
    const stranger = await signedIn(base, 'stranger@example.org');
    const sent = [3, 1, 2, 5, 4].map((seq) => decision(desk.account.id, seq));
    for (const one of sent) {
      await push(base, desk.token, [one]);
      await push(base, stranger.token, [decision(stranger.account.id, one.seq)]);
      server.clock.nowMs += 1000;
    }
    const device = { id: 'device-2', name: 'Phone' };
    const phone = await signIn(base, 'pages@example.org', { device });
    const seen: unknown[] = [];
    const mores: boolean[] = [];
    let cursor = '';
    do {
      const page = await pull(base, phone.token, `?after=${cursor}&limit=2`);
      seen.push(...page.entries.map(decisionIn));
      mores.push(page.more);
      cursor = page.cursor;
    } while (mores.at(-1));
    expect(seen).toEqual(sent);
    expect(mores).toEqual([true, true, false]);
    const end = await pull(base, phone.token, `?after=${cursor}`);
    expect([end.entries, end.cursor, end.more]).toEqual([[], cursor, false]);
  });

  it('never sends a body longer than a client reads', async () => {
    const { token, account } = await signedIn(base, 'long@example.org');
    const supersedes = { analytics: Array.from({ length: 1000 }, () => v7()) };
    const sent = Array.from({ length: 60 }, (_, index) =>
      decision(account.id, index + 1, { supersedes }),
    );
    for (let start = 0; start < sent.length; start += 20) {
      await push(base, token, sent.slice(start, start + 20));
    }
    const seen: unknown[] = [];
    const pages: number[] = [];
    let cursor = '';
    for (let more = true; more;) {
      const answer = await call(`${base}/v1/decisions?limit=500&after=${cursor}`, 'GET', { token });
      const page = bodyOf(answer, pulledSchema);
      expect(Buffer.byteLength(answer.text)).toBeLessThanOrEqual(MAX_BODY_BYTES);
      seen.push(...page.entries.map((entry) => decisionIn(entry)?.id));
      pages.push(page.entries.length);
      ({ cursor, more } = page);
    }
    expect(seen).toEqual(sent.map((one) => one.id));
    expect(pages.length).toBeGreaterThan(1);
    expect(pages[0]).toBeGreaterThan(20);
  });

  it.each([
    '?after=nonsense',
    '?after=MDE',
    '?after=LTE',
    '?after=a%20b',
    '?limit=0',
    '?limit=501',
    '?limit=x',
  ])('refuses %s', async (query) => {
    const { token } = await signIn(base, 'empty@example.org');
    const answer = await call(`${base}/v1/decisions${query}`, 'GET', { token });
    const problem = problemIn(answer);
    expect(problem).toMatchObject({ type: 'bad-request', status: 400 });
    expect(problem.detail).toMatch(/after|limit/);
  });

  it('is not to be cached', async () => {
    const { token } = await signIn(base, 'empty@example.org');
    const answer = await call(`${base}/v1/decisions`, 'GET', { token });
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });
});
