import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NewSession } from '../../../src-shared/api-contract.js';
import { createLiveServices } from '../../../src-server/services/live-services.js';
import { publish } from '../../../src-server/services/published.js';
import { fixtureProfile } from '../../support/fixtures/service-profile.js';
import { call, problemIn, signedIn, signIn } from './support/client.js';
import { decision, pull, push } from './support/decisions.js';
import { endableSession, ENDINGS } from './support/endings.js';
import { ask, listen } from './support/event-stream.js';
import { startTestServer, type TestServer } from './support/test-server.js';

const DAY_MS = 86_400_000;
let server: TestServer;
let base: string;
let session: NewSession;
const live = createLiveServices([
  publish(fixtureProfile('alpha')),
  publish(fixtureProfile('beta')),
]);

/** With signs of life every 40 ms, or with none: then only what is announced can be told. */
const begin = (heartbeatMs: number) => async (): Promise<void> => {
  server = await startTestServer({
    services: live.services,
    parts: {
      publications: live,
      events: { heartbeatMs, tickMs: 10, mostPerAccount: 3, most: 4 },
    },
  });
  base = `${server.origin}/alpha`;
  session = await signedIn(base);
};
const QUICK_MS = 40;
const NEVER_MS = 3_600_000;
afterEach(() => server.remove());

let seq = 0;
const press = async (token = session.token, me = session.account.id) => {
  seq += 1;
  const [result] = await push(base, token, [decision(me, seq)]);
  expect(result?.status).toBe('received');
};

describe('a stream of events', () => {
  beforeEach(begin(NEVER_MS));

  it('says hello, tells of a decision at once, and again of the next', async () => {
    const stream = await listen(base, session.token);
    expect(stream.headers).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
    });
    expect(stream.raw().startsWith(': sayso\n\n')).toBe(true);
    await press();
    const first = await stream.next();
    const { cursor } = await pull(base, session.token);
    expect(first).toEqual({ name: 'decisions', id: cursor, data: { cursor } });
    await press();
    const second = await stream.next();
    expect(second.id).not.toBe(cursor);
    expect((await pull(base, session.token, `?after=${second.id}`)).entries).toEqual([]);
    expect((await pull(base, session.token, `?after=${cursor}`)).entries).toHaveLength(1);
  });

  it.each([
    ['older', async (cursor: string) => (await press(), cursor)],
    ['unreadable', () => 'not a cursor of ours'],
    ['empty', () => ''],
    ['of another database', (cursor: string) => `AAAAAAAAAAAA${cursor.slice(12)}`],
  ])('tells at once what came after a Last-Event-ID that is %s', async (_what, idOf) => {
    await press();
    const before = (await pull(base, session.token)).cursor;
    const stream = await listen(base, session.token, { 'last-event-id': await idOf(before) });
    const { cursor } = await pull(base, session.token);
    expect(await stream.next()).toEqual({ name: 'decisions', id: cursor, data: { cursor } });
  });
});

describe('a stream with signs of life', () => {
  beforeEach(begin(QUICK_MS));

  it('shows by comments that it is alive', async () => {
    const stream = await listen(base, session.token);
    await stream.nextComment();
    await stream.nextComment();
    expect(stream.raw()).toBe(': sayso\n\n:\n\n:\n\n');
  });

  it('tells nothing of other accounts, and nothing twice', async () => {
    const stream = await listen(base, session.token);
    const other = await signedIn(base, 'grace@example.org');
    const theirs = await listen(base, other.token);
    await press(other.token, other.account.id);
    expect((await theirs.next()).name).toBe('decisions');
    // Two more signs of life: by then the store has been asked again as well.
    await stream.nextComment();
    await stream.nextComment();
    expect(stream.events()).toEqual([]);
    expect(theirs.events()).toHaveLength(1);
  });

  it('tells nothing of decisions with the newest Last-Event-ID, but which version is the newest', async () => {
    await press();
    const { cursor } = await pull(base, session.token);
    const stream = await listen(base, session.token, { 'last-event-id': cursor });
    const version = live.services[0]?.newestVersion;
    expect(await stream.next()).toEqual({ name: 'policy', id: cursor, data: { version } });
    await stream.nextComment();
    expect(stream.events()).toHaveLength(1);
  });

  it('tells of a policy version that is published meanwhile, to those of that service', async () => {
    const stream = await listen(base, session.token);
    const other = await signedIn(`${server.origin}/beta`);
    const theirs = await listen(`${server.origin}/beta`, other.token);
    const profile = fixtureProfile('alpha');
    const [newest] = profile.policies;
    if (!newest) throw new Error('the fixture has no policy');
    const version = '2028-01';
    const policies = [{ ...newest, version }, ...profile.policies];
    const beta = publish(fixtureProfile('beta'));
    const remarks = live.publish([publish({ ...profile, policies }), beta]);
    expect(remarks).toEqual([]);
    expect(await stream.next()).toMatchObject({ name: 'policy', data: { version } });
    const answer = await call(`${base}/policy`);
    expect(JSON.parse(answer.text)).toMatchObject({ version });
    await theirs.nextComment();
    expect(theirs.events()).toEqual([]);
  });

  it('that ended while nobody said so, at the next sign of life', async () => {
    const stream = await listen(base, session.token);
    await server.store.sessions.end(session.sessionId, server.clock.nowMs);
    expect((await stream.next()).data).toEqual({ reason: 'ended' });
  });
});

describe('a stream ends with its session', () => {
  beforeEach(begin(NEVER_MS));

  it.each(ENDINGS)('that %s, while a stranger’s goes on', async (_how, end) => {
    const mine = await endableSession(base, 'ada@example.org');
    const grace = await signedIn(base, 'grace@example.org');
    const [stream, other] = [await listen(base, mine.token), await listen(base, grace.token)];
    await end(base, 'ada@example.org', mine);
    expect(await stream.next()).toMatchObject({
      name: 'session-ended',
      data: { reason: 'ended' },
    });
    await stream.ended;
    await press(grace.token, grace.account.id);
    expect((await other.next()).name).toBe('decisions');
  });

  it('alone, not with another one of its account', async () => {
    const mine = await endableSession(base, 'ada@example.org');
    const [stream, other] = [await listen(base, mine.token), await listen(base, session.token)];
    await call(`${base}/v1/sessions/revoke`, 'POST', { body: { handle: mine.handle } });
    await stream.ended;
    await press();
    expect((await other.next()).name).toBe('decisions');
  });

  it('that has expired', async () => {
    const short = await signIn(base, 'ada@example.org', { remember: false });
    const [stream, other] = [await listen(base, short.token), await listen(base, session.token)];
    server.clock.nowMs += DAY_MS;
    expect((await stream.next()).data).toEqual({ reason: 'expired' });
    await stream.ended;
    await press();
    expect((await other.next()).name).toBe('decisions');
  });

  it('and none begins without a session', async () => {
    const refused = await ask(base, 'A'.repeat(43));
    await refused.ended;
    expect(refused.status).toBe(401);
    await call(`${base}/v1/session`, 'DELETE', { token: session.token });
    const answer = await call(`${base}/v1/events`, 'GET', { token: session.token });
    expect(problemIn(answer).type).toBe('session-ended');
  });
});

describe('streams are bounded', () => {
  beforeEach(begin(NEVER_MS));

  it('in number for each account and for the server, and places are given back', async () => {
    const own = await Promise.all([1, 2, 3].map(() => listen(base, session.token)));
    const fourth = await call(`${base}/v1/events`, 'GET', { token: session.token });
    expect(problemIn(fourth)).toMatchObject({ type: 'too-many-requests', status: 429 });
    expect(fourth.headers.get('retry-after')).toBe('60');
    const other = await signedIn(base, 'grace@example.org');
    await listen(base, other.token);
    const full = await call(`${base}/v1/events`, 'GET', { token: other.token });
    expect(problemIn(full)).toMatchObject({ type: 'unavailable', status: 503 });
    expect(full.headers.get('retry-after')).toBe('60');
    own[0]?.close();
    await expect
      .poll(async () => {
        const again = await ask(base, session.token);
        again.close();
        return again.status;
      })
      .toBe(200);
  });

  it('answers HEAD as it would answer GET, and takes no place for it', async () => {
    for (let count = 0; count < 5; count += 1) {
      const answer = await call(`${base}/v1/events`, 'HEAD', { token: session.token });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toMatch(/^text\/event-stream/);
    }
  });

  it('ends them when the server stops', async () => {
    const stream = await listen(base, session.token);
    const second = await server.restart();
    await stream.ended;
    expect(stream.events()).toEqual([]);
    server = second;
  });
});

describe('a store that fails', () => {
  beforeEach(begin(QUICK_MS));

  it('keeps a stream open that it cannot be asked for, and lets no new one begin', async () => {
    const stream = await listen(base, session.token);
    const failing = { isOn: true };
    const { decisions } = server.store;
    const newestPlaces = decisions.newestPlaces.bind(decisions);
    Object.assign(decisions, {
      newestPlaces: (ids: readonly string[]) =>
        failing.isOn
          ? Promise.reject(Object.assign(new Error('busy'), { code: 'SQLITE_BUSY' }))
          : newestPlaces(ids),
    });
    await press();
    const refused = await call(`${base}/v1/events`, 'GET', { token: session.token });
    expect(problemIn(refused)).toMatchObject({ type: 'unavailable', status: 503 });
    await expect.poll(() => server.log()).toContain('events could not be looked up');
    expect(stream.events()).toEqual([]);
    failing.isOn = false;
    expect((await stream.next()).name).toBe('decisions');
  });
});
