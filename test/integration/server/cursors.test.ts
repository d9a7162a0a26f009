import { afterEach, describe, expect, it } from 'vitest';
import { call, problemIn, signedIn } from './support/client.js';
import { decision, pull, push, pushEntries } from './support/decisions.js';
import { keyedDevice } from './support/keyed-device.js';
import { headerOf, newChain } from './support/signer.js';
import { startTestServer, type TestServer } from './support/test-server.js';

let server: TestServer | undefined;
afterEach(async () => {
  await server?.remove();
  server = undefined;
});

describe('a cursor', () => {
  it('goes on holding when the entry it stands behind is erased', async () => {
    server = await startTestServer();
    const base = `${server.origin}/alpha`;
    const { signer, token, me } = await keyedDevice(base, 'ada@example.org');
    const chain = newChain(signer);
    const entries = [chain.next(decision(me, 1)), chain.next(decision(me, 2))];
    await pushEntries(base, token, entries);
    const { cursor } = await pull(base, token);
    const [, last] = entries;
    if (!last) throw new Error('there are two');
    await pushEntries(base, token, [headerOf(last)]);
    const after = await pull(base, token, `?after=${cursor}`);
    expect(after.entries).toMatchObject([{ id: last.decision.id }]);
    expect(after.entries[0]).not.toHaveProperty('decision');
  });

  it('of another database has expired', async () => {
    server = await startTestServer();
    const base = `${server.origin}/alpha`;
    const { token, account } = await signedIn(base);
    await push(base, token, [decision(account.id, 1)]);
    const other = await startTestServer();
    const there = await signedIn(`${other.origin}/alpha`);
    await push(`${other.origin}/alpha`, there.token, [decision(there.account.id, 1)]);
    const { cursor } = await pull(`${other.origin}/alpha`, there.token);
    await other.remove();
    const answer = await call(`${base}/v1/decisions?after=${cursor}`, 'GET', { token });
    expect(problemIn(answer)).toMatchObject({ type: 'cursor-expired', status: 410 });
  });

  it('of another account has expired', async () => {
    server = await startTestServer();
    const base = `${server.origin}/alpha`;
    const ada = await signedIn(base);
    const bob = await signedIn(base, 'bob@example.org');
    await push(base, ada.token, [decision(ada.account.id, 1)]);
    const { cursor } = await pull(base, ada.token);
    const answer = await call(`${base}/v1/decisions?after=${cursor}`, 'GET', { token: bob.token });
    expect(problemIn(answer).type).toBe('cursor-expired');
  });

  it('has expired on a database put back from a copy, also once that has grown past it', async () => {
    server = await startTestServer();
    const base = () => `${server?.origin ?? ''}/alpha`;
    const { token, account } = await signedIn(base());
    await push(base(), token, [decision(account.id, 1)]);
    const before = await pull(base(), token);
    server = await server.restart(server.copy);
    await push(base(), token, [decision(account.id, 2)]);
    const { cursor } = await pull(base(), token);
    server = await server.restart(server.putBack);
    const ask = () => call(`${base()}/v1/decisions?after=${cursor}`, 'GET', { token });
    expect(problemIn(await ask()).type).toBe('cursor-expired');
    await push(base(), token, [decision(account.id, 3), decision(account.id, 4)]);
    expect(problemIn(await ask()).type).toBe('cursor-expired');
    // What the copy knew still holds.
    expect((await pull(base(), token, `?after=${before.cursor}`)).entries).toHaveLength(2);
  });
});
