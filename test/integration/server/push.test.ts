import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NewSession } from '../../../src-shared/api-contract.js';
import { call, createAccount, problemIn, signedIn, signIn } from './support/client.js';
import { decision, decisionIn, pull, push, pushEntries } from './support/decisions.js';
import { startTestServer, type TestServer } from './support/test-server.js';

let server: TestServer;
let base: string;
let session: NewSession;
let me: string;
let lastSeq = 0;
const nextSeq = (): number => (lastSeq += 1);

beforeAll(async () => {
  server = await startTestServer();
  base = `${server.origin}/alpha`;
  session = await signedIn(base);
  me = session.account.id;
});
afterAll(() => server.remove());

describe('sending decisions', () => {
  it('takes one, and answers a repeat with the first time of receipt', async () => {
    const sent = decision(me, nextSeq());
    const [first] = await push(base, session.token, [sent]);
    expect(first).toEqual({
      id: sent.id,
      status: 'received',
      receivedAt: new Date(server.clock.nowMs).toISOString(),
      receipt: expect.objectContaining({ index: 0, path: [] }) as unknown,
    });
    server.clock.nowMs += 5000;
    const [second] = await push(base, session.token, [sent]);
    expect(second).toEqual({ ...first, status: 'repeated' });
  });

  it('takes a repeat whose members stand in another order', async () => {
    const sent = decision(me, nextSeq());
    await push(base, session.token, [sent]);
    const turned = Object.fromEntries(Object.entries(sent).toReversed());
    const [result] = await pushEntries(base, session.token, [{ decision: turned }]);
    expect(result?.status).toBe('repeated');
  });

  it('gives ten equal requests at once ten good answers and keeps one row', async () => {
    const sent = decision(me, nextSeq());
    const results = await Promise.all(
      Array.from({ length: 10 }, () => push(base, session.token, [sent])),
    );
    const flat = results.flat();
    expect(flat.filter((one) => one.status === 'received')).toHaveLength(1);
    expect(flat.filter((one) => one.status === 'repeated')).toHaveLength(9);
    expect(new Set(flat.map((one) => JSON.stringify(one.receipt))).size).toBe(1);
    expect(new Set(flat.map((one) => one.receivedAt)).size).toBe(1);
    const { entries } = await pull(base, session.token, '?limit=500');
    expect(entries.filter((entry) => decisionIn(entry)?.id === sent.id)).toHaveLength(1);
  });

  it('refuses the same id with other bytes, and keeps what it had', async () => {
    const sent = decision(me, nextSeq());
    await push(base, session.token, [sent]);
    const [result] = await push(base, session.token, [{ ...sent, surface: 'banner' }]);
    expect(result).toMatchObject({
      id: sent.id,
      status: 'refused',
      problem: { type: 'decision-conflict', status: 409 },
    });
    const { entries } = await pull(base, session.token, '?limit=500');
    expect(entries.map(decisionIn).find((one) => one?.id === sent.id)).toEqual(sent);
  });

  it('refuses a second decision at the same place of a chain, in one request or in two', async () => {
    const seq = nextSeq();
    const results = await push(base, session.token, [decision(me, seq), decision(me, seq)]);
    expect(results.map((one) => one.problem?.type)).toEqual([undefined, 'chain-fork']);
    const [later] = await push(base, session.token, [decision(me, seq)]);
    expect(later?.problem).toMatchObject({ type: 'chain-fork', status: 409 });
  });

  it('does not mistake the same place on the same device under another account for a fork', async () => {
    await createAccount(base, 'second@example.org');
    const other = await signIn(base, 'second@example.org');
    const mine = decision(me, nextSeq());
    await push(base, session.token, [mine]);
    const theirs = decision(other.account.id, mine.seq);
    const stolen = { ...decision(other.account.id, mine.seq + 1000), id: mine.id };
    const results = await push(base, other.token, [stolen, theirs]);
    expect(results.map((one) => one.problem?.type)).toEqual(['decision-conflict', undefined]);
  });

  it('takes sequence numbers in any order and with gaps', async () => {
    const start = nextSeq();
    lastSeq += 100;
    const results = await push(base, session.token, [
      decision(me, start + 50),
      decision(me, start + 7),
    ]);
    expect(results.map((one) => one.status)).toEqual(['received', 'received']);
  });

  it('settles a mixed batch entry by entry, in order', async () => {
    const good = decision(me, nextSeq());
    const conflict = { ...good, surface: 'banner' as const };
    const results = await pushEntries(base, session.token, [
      { decision: good },
      { decision: { ...decision(me, nextSeq()), v: 2 } },
      'nonsense',
      { decision: conflict },
      { decision: good },
      { decision: decision('somebody-else', nextSeq()) },
      { decision: decision(me, nextSeq()) },
    ]);
    expect(results.map((one) => one.problem?.type ?? one.status)).toEqual([
      'received',
      'decision-malformed',
      'decision-malformed',
      'decision-conflict',
      'repeated',
      'decision-not-yours',
      'received',
    ]);
    expect(results[1]?.problem?.status).toBe(400);
    expect(results[1]?.problem?.detail).toContain('decision.v');
    expect(results[2]?.id).toBeNull();
  });

  it('takes 500 entries and refuses 0 and 501', async () => {
    const start = (lastSeq += 1000);
    const many = Array.from({ length: 500 }, (_, index) => decision(me, start + index));
    lastSeq += 500;
    const results = await push(base, session.token, many);
    expect(results.every((one) => one.status === 'received')).toBe(true);
    expect(results.map((one) => one.id)).toEqual(many.map((one) => one.id));
    for (const entries of [[], Array(501).fill(0)]) {
      const answer = await call(`${base}/v1/decisions`, 'POST', {
        token: session.token,
        body: { entries },
      });
      expect(problemIn(answer)).toMatchObject({ type: 'bad-request', status: 400 });
    }
  });

  it('needs a session wherever there is a header for one', async () => {
    const body = { entries: [{ decision: decision(me, nextSeq(), { id: v7() }) }] };
    for (const authorization of ['', 'Basic x', `Bearer ${'A'.repeat(43)}`]) {
      const answer = await call(`${base}/v1/decisions`, 'POST', {
        body,
        headers: { authorization },
      });
      expect(problemIn(answer).type).toBe('session-missing');
    }
  });
});
