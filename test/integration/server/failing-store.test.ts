import Database from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { call, problemIn, signedIn } from './support/client.js';
import { decision, pull, push } from './support/decisions.js';
import { startTestServer, type TestServer } from './support/test-server.js';

let server: TestServer | undefined;
afterEach(async () => {
  await server?.remove();
  server = undefined;
});

describe('a store that fails', () => {
  it('hides an unforeseen error from the client and logs it', async () => {
    server = await startTestServer({
      wrapStore: (store) => ({
        ...store,
        accounts: {
          ...store.accounts,
          findByEmail: () => Promise.reject(new Error('inner workings')),
        },
      }),
    });
    const body = { email: 'ada@example.org', password: 'hunter2-secret' };
    const answer = await call(`${server.origin}/alpha/v1/accounts`, 'POST', { body });
    expect(problemIn(answer)).toMatchObject({ type: 'internal', status: 500 });
    expect(answer.text).not.toMatch(/inner|\bat /);
    expect(server.log()).toContain('inner workings');
    expect(server.log()).not.toContain('hunter2');
  });

  it('answers 503 while another process holds the file, and goes on afterwards', async () => {
    server = await startTestServer();
    const base = `${server.origin}/alpha`;
    const { token, account } = await signedIn(base);
    const entries = [{ decision: decision(account.id, 1) }];
    const other = new Database(server.databaseFile);
    other.exec('begin immediate');
    const answer = await call(`${base}/v1/decisions`, 'POST', { token, body: { entries } });
    expect(problemIn(answer)).toMatchObject({ type: 'unavailable', status: 503 });
    expect(answer.headers.get('retry-after')).toBe('5');
    other.exec('rollback');
    other.close();
    const [result] = await push(base, token, [decision(account.id, 1)]);
    expect(result?.status).toBe('received');
  });

  it('answers 503 when the disk is full, keeps nothing of that request, and goes on afterwards', async () => {
    server = await startTestServer();
    const base = `${server.origin}/alpha`;
    const { token, account } = await signedIn(base);
    const pages = server.database.pragma('page_count', { simple: true }) as number;
    server.database.pragma(`max_page_count = ${pages}`);
    const many = Array.from({ length: 100 }, (_, index) => decision(account.id, index + 1));
    const body = { entries: many.map((one) => ({ decision: one })) };
    const answer = await call(`${base}/v1/decisions`, 'POST', { token, body });
    expect(problemIn(answer).type).toBe('unavailable');
    expect(server.log()).toContain('SQLITE_FULL');
    expect((await pull(base, token)).entries).toEqual([]);
    server.database.pragma('max_page_count = 1000000');
    const results = await push(base, token, many);
    expect(results.every((one) => one.status === 'received')).toBe(true);
  });

  it('keeps nothing of a request that fails half-way', async () => {
    server = await startTestServer();
    const base = `${server.origin}/alpha`;
    const { token, account } = await signedIn(base);
    server.database.exec(`create trigger trip before insert on signal_denials
      begin select raise(abort, 'tripped'); end`);
    const signal = decision(account.id, 1, {
      action: 'signal',
      choices: { advertising: 'denied' },
    });
    const body = { entries: [{ decision: signal }] };
    const answer = await call(`${base}/v1/decisions`, 'POST', { token, body });
    expect(problemIn(answer).type).toBe('internal');
    expect((await pull(base, token)).entries).toEqual([]);
    server.database.exec('drop trigger trip');
    expect((await push(base, token, [signal]))[0]?.status).toBe('received');
  });
});
