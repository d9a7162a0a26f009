import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { call, createAccount, PASSWORD, problemIn, signIn, signInBody } from './support/client.js';
import { decision, pull, push, pushEntries } from './support/decisions.js';
import { keyedDevice } from './support/keyed-device.js';
import { newChain } from './support/signer.js';
import { startTestServer, type TestServer } from './support/test-server.js';

const NEW_PASSWORD = 'quite another one';
let server: TestServer;
let base: string;
beforeAll(async () => {
  server = await startTestServer();
  base = `${server.origin}/alpha`;
});
afterAll(() => server.remove());
beforeEach(() => {
  server.clock.nowMs += 900_000;
});

const change = (token: string, currentPassword = PASSWORD, newPassword = NEW_PASSWORD) =>
  call(`${base}/v1/account/password`, 'PUT', { token, body: { currentPassword, newPassword } });
const trySignIn = async (email: string, password: string) => {
  const answer = await call(`${base}/v1/sessions`, 'POST', {
    body: signInBody(email, { password }),
  });
  return answer.status;
};
const session = (token: string) => call(`${base}/v1/session`, 'GET', { token });

describe('changing the password', () => {
  it('makes the new one good and the old one bad, and ends every other session', async () => {
    const email = 'change@example.org';
    await createAccount(base, email);
    const [mine, other] = [await signIn(base, email), await signIn(base, email)];
    const stranger = await keyedDevice(base, 'stranger@example.org');
    const answer = await change(mine.token);
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect((await session(mine.token)).status).toBe(200);
    expect(problemIn(await session(other.token)).type).toBe('session-ended');
    expect((await session(stranger.token)).status).toBe(200);
    expect(await trySignIn(email, PASSWORD)).toBe(401);
    expect(await trySignIn(email, NEW_PASSWORD)).toBe(201);
  });

  it('needs the current one, and says nothing about the session when it is wrong', async () => {
    await createAccount(base, 'wrong@example.org');
    const { token } = await signIn(base, 'wrong@example.org');
    const answer = await change(token, 'not the one');
    expect(problemIn(answer)).toMatchObject({ type: 'bad-credentials', status: 403 });
    expect(answer.headers.get('www-authenticate')).toBeNull();
    expect(await trySignIn('wrong@example.org', PASSWORD)).toBe(201);
    expect(problemIn(await change(token, PASSWORD, 'short')).type).toBe('bad-request');
    expect((await change('A'.repeat(43))).status).toBe(401);
  });

  it('counts wrong ones together with those at sign-in', async () => {
    const email = 'guess@example.org';
    await createAccount(base, email);
    const { token } = await signIn(base, email);
    for (let count = 0; count < 6; count += 1) expect(await trySignIn(email, 'no')).toBe(401);
    for (let count = 0; count < 4; count += 1) expect((await change(token, 'no')).status).toBe(403);
    const refused = await change(token);
    expect(problemIn(refused)).toMatchObject({ type: 'too-many-requests', status: 429 });
    expect(refused.headers.get('retry-after')).toBe('900');
    expect(await trySignIn(email, PASSWORD)).toBe(429);
  });

  it('lets one of two at once through, and no sign-in with the old one slip in beside it', async () => {
    const email = 'race@example.org';
    await createAccount(base, email);
    const { token } = await signIn(base, email);
    const passwords = ['the first new one', 'the second new one'];
    const [statuses, late] = await Promise.all([
      Promise.all(passwords.map(async (one) => (await change(token, PASSWORD, one)).status)),
      Promise.all(
        Array.from({ length: 4 }, () =>
          call(`${base}/v1/sessions`, 'POST', { body: signInBody(email) }),
        ),
      ),
    ]);
    expect(statuses.toSorted()).toEqual([204, 403]);
    for (const answer of late) {
      if (answer.status !== 201) continue;
      const { token: slipped } = JSON.parse(answer.text) as { token: string };
      expect(problemIn(await session(slipped)).type).toBe('session-ended');
    }
  });
});

describe('erasing the account', () => {
  it('leaves nothing of it in the database, and everything of others', async () => {
    const { token, me, signer } = await keyedDevice(base, 'erased@example.org');
    const other = await keyedDevice(base, 'stays@example.org');
    const signal = { action: 'signal', choices: { advertising: 'denied' } } as const;
    const chain = newChain(signer);
    await pushEntries(base, token, [chain.next(decision(me, 1, signal))]);
    await push(base, token, [
      decision(me, 1, {
        choices: { analytics: 'denied' },
        supersedes: { analytics: [decision(me, 9).id] },
      }),
    ]);
    await push(base, other.token, [decision(other.me, 1, { choices: { analytics: 'denied' } })]);
    const theirs = await pull(base, other.token);
    const answer = await call(`${base}/v1/account`, 'DELETE', { token });
    expect([answer.status, answer.text]).toEqual([204, '']);

    expect(problemIn(await session(token)).type).toBe('session-ended');
    expect(await trySignIn('erased@example.org', PASSWORD)).toBe(401);
    expect(await pull(base, other.token)).toEqual(theirs);
    const rows = JSON.stringify([...(await server.tables())]);
    expect(rows).not.toContain(me);
    expect(rows).toContain(other.me);
    // What a file still holds of rows that are gone is told by SQLite's alone: PostgreSQL's are looked after by its own clean-up.
    if (server.address !== undefined) return;
    server.database.pragma('wal_checkpoint(TRUNCATE)');
    const folder = dirname(server.databaseFile);
    for (const name of await readdir(folder)) {
      const bytes = await readFile(join(folder, name));
      for (const text of [me, 'erased@example.org', signer.publicKey.x]) {
        expect(bytes.includes(text)).toBe(false);
      }
    }
  });

  it('makes its keys and chains those of nobody, and the address free', async () => {
    const first = await keyedDevice(base, 'again@example.org');
    const chain = newChain(first.signer);
    const denied = { choices: { analytics: 'denied' } } as const;
    await pushEntries(base, first.token, [chain.next(decision(first.me, 1, denied))]);
    await call(`${base}/v1/account`, 'DELETE', { token: first.token });
    const body = { entries: [chain.next(decision(first.me, 2, denied))] };
    const open = await call(`${base}/v1/decisions`, 'POST', { body });
    expect(open.text).toContain('decision-unproven');
    const second = await keyedDevice(base, 'again@example.org');
    expect(second.me).not.toBe(first.me);
    expect((await pull(base, second.token)).entries).toEqual([]);
  });

  it('tells every device of it that its session has ended, for as long as it would have lasted', async () => {
    const email = 'elsewhere@example.org';
    await createAccount(base, email);
    const [mine, other] = [await signIn(base, email), await signIn(base, email)];
    await call(`${base}/v1/account`, 'DELETE', { token: mine.token });
    expect(problemIn(await session(other.token))).toMatchObject({
      type: 'session-ended',
      status: 401,
    });
    expect(
      problemIn(await call(`${server.origin}/beta/v1/session`, 'GET', { token: other.token })).type,
    ).toBe('session-missing');
    server.clock.nowMs = Date.parse(other.expiresAt) - 1;
    expect(problemIn(await session(other.token)).type).toBe('session-ended');
    server.clock.nowMs += 1;
    expect(problemIn(await session(other.token)).type).toBe('session-missing');
  });

  it('answers what is on its way for it as a session that is gone, or as nobody’s', async () => {
    const slow = await startTestServer({
      wrapStore: (store) => ({
        ...store,
        decisions: {
          ...store.decisions,
          // Erased at the last moment, when everything has been looked up.
          async take(delivery) {
            await store.accounts.erase(delivery.sender.accountId);
            return store.decisions.take(delivery);
          },
        },
      }),
    });
    const at = `${slow.origin}/alpha`;
    const first = await keyedDevice(at, 'first@example.org');
    const entry = newChain(first.signer).next(
      decision(first.me, 1, { choices: { analytics: 'denied' } }),
    );
    const body = { entries: [entry] };
    const answer = await call(`${at}/v1/decisions`, 'POST', { token: first.token, body });
    expect(problemIn(answer)).toMatchObject({ type: 'session-missing', status: 401 });
    const second = await keyedDevice(at, 'second@example.org');
    const denial = decision(second.me, 1, { choices: { analytics: 'denied' } });
    const open = { entries: [newChain(second.signer).next(denial)] };
    const refused = await call(`${at}/v1/decisions`, 'POST', { body: open });
    expect([refused.status, refused.text.includes('decision-unproven')]).toEqual([200, true]);
    await slow.remove();
  });
});
