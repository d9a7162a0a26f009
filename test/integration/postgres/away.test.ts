import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { commitCutter } from '../../support/postgres/commit-cutter.js';
import { usePostgres } from '../../support/postgres/use-postgres.js';
import { call, problemIn, PASSWORD, signedIn, signInBody } from '../server/support/client.js';
import { decision, pull, push } from '../server/support/decisions.js';
import { startTestServer, type TestServer } from '../server/support/test-server.js';

const postgres = usePostgres();
let server: TestServer | undefined;
afterEach(async () => {
  await server?.remove();
  server = undefined;
});

describe('a database that is away', () => {
  it('is answered with 503 and Retry-After on every call that needs it, until it is back', async () => {
    server = await startTestServer({ address: await postgres.newDatabase() });
    const base = `${server.origin}/alpha`;
    const { token, account } = await signedIn(base);
    await push(base, token, [decision(account.id, 1)]);
    const entries = [{ decision: decision(account.id, 2) }];
    await postgres.crash();
    const email = 'ada@example.org';
    const answers = [
      await call(`${server.origin}/readyz`),
      await call(`${server.origin}/.well-known/jwks.json`),
      await call(`${base}/v1/accounts`, 'POST', { body: { email, password: PASSWORD } }),
      await call(`${base}/v1/sessions`, 'POST', { body: signInBody(email) }),
      await call(`${base}/v1/session`, 'GET', { token }),
      await call(`${base}/v1/events`, 'GET', { token }),
      await call(`${base}/v1/decisions`, 'GET', { token }),
      await call(`${base}/v1/decisions`, 'POST', { token, body: { entries } }),
    ];
    for (const answer of answers) {
      expect(problemIn(answer)).toMatchObject({ type: 'unavailable', status: 503 });
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    expect((await call(`${server.origin}/healthz`)).status).toBe(200);
    expect(server.log()).not.toContain(new URL(server.address ?? '').password);
    await postgres.start();
    const [result] = await push(base, token, [entries[0]?.decision ?? decision(account.id, 2)]);
    expect(result?.status).toBe('received');
    expect((await pull(base, token)).entries).toHaveLength(2);
    expect((await call(`${server.origin}/readyz`)).status).toBe(200);
  });

  it('after a commit whose answer was lost acknowledges nothing, and the repeat gets the answer', async () => {
    const cutter = await commitCutter(await postgres.newDatabase());
    server = await startTestServer({ address: cutter.address });
    const base = `${server.origin}/alpha`;
    const { token, account } = await signedIn(base);
    const said = decision(account.id, 1);
    const body = { entries: [{ decision: said }] };
    cutter.cutNextCommit();
    const answer = await call(`${base}/v1/decisions`, 'POST', { token, body });
    expect(problemIn(answer)).toMatchObject({ type: 'unavailable', status: 503 });
    const [again] = await push(base, token, [said]);
    expect(again?.status).toBe('repeated');
    const [pulled] = (await pull(base, token)).entries;
    expect(again?.receipt).toEqual(pulled?.receipt);
    await server.remove();
    server = undefined;
    await cutter.remove();
  });

  it('because it is kept by somebody else is answered with 503, and nobody else waits for long', async () => {
    const address = await postgres.newDatabase();
    server = await startTestServer({ address });
    const base = `${server.origin}/alpha`;
    const { token, account } = await signedIn(base);
    const other = new pg.Client({ connectionString: address });
    await other.connect();
    await other.query('begin; select id from accounts for update');
    // More than there are connections: the last ones do not get any.
    const answers = await Promise.all(
      Array.from({ length: 14 }, (_, index) => {
        const body = { entries: [{ decision: decision(account.id, index + 1) }] };
        return call(`${base}/v1/decisions`, 'POST', { token, body });
      }),
    );
    for (const answer of answers) expect(problemIn(answer).type).toBe('unavailable');
    await other.query('rollback');
    await other.end();
    const [result] = await push(base, token, [decision(account.id, 1)]);
    expect(result?.status).toBe('received');
  });

  it('keeps values of rows out of the log', async () => {
    const address = await postgres.newDatabase();
    const running = await startTestServer({ address });
    server = running;
    const base = `${running.origin}/alpha`;
    const client = new pg.Client({ connectionString: address });
    await client.connect();
    await client.query(`alter table accounts add constraint odd check (length(email) < 3)`);
    await client.end();
    const body = { email: 'ada@example.org', password: PASSWORD };
    const answer = await call(`${base}/v1/accounts`, 'POST', { body });
    expect(problemIn(answer).type).toBe('internal');
    await expect.poll(() => running.log()).toContain('odd');
    expect(running.log()).not.toContain('ada@example.org');
  });
});
