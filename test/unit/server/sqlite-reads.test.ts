import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SessionWithEmail } from '../../../src-server/store/sessions.js';
import { quickReads } from '../../../src-server/store/sqlite-reads.js';
import { openSqliteFile } from '../../../src-server/store/sqlite.js';

let database: ReturnType<typeof openSqliteFile>;
beforeEach(() => {
  database = openSqliteFile(':memory:');
  database.exec(`create table accounts (id text, email text);
    create table sessions (id text, account_id text, service text, token_hash text, ended_at_ms bigint);
    create table device_keys (account_id text, device_id text, kid text, jwk text);
    insert into accounts values ('a', 'ada@example.org');
    insert into sessions values ('s', 'a', 'alpha', 'hash', null);
    insert into device_keys values ('a', 'desk', 'key', '{"kty":"OKP","crv":"Ed25519","x":"${'A'.repeat(43)}"}')`);
});
afterEach(() => database.close());

const asked: string[] = [];
/** What stands in for the way that waits for the end of a transaction. */
const behind = {
  findByToken: () => {
    asked.push('session');
    return Promise.resolve(undefined);
  },
  ofDevice: () => {
    asked.push('keys');
    return Promise.resolve(new Map());
  },
};
const reads = () => quickReads(database, behind);

describe('quick reads', () => {
  it('find a session by service and token, and the keys of a device', async () => {
    const { findByToken, ofDevice } = reads();
    const session: Partial<SessionWithEmail> | undefined = await findByToken('alpha', 'hash');
    expect(session).toEqual({
      id: 's',
      account_id: 'a',
      service: 'alpha',
      token_hash: 'hash',
      ended_at_ms: null,
      email: 'ada@example.org',
    });
    expect(await findByToken('beta', 'hash')).toBeUndefined();
    expect([...(await ofDevice('a', 'desk')).keys()]).toEqual(['key']);
    expect((await ofDevice('a', 'phone')).size).toBe(0);
  });

  it('do not see what a transaction has not finished: they go behind it', async () => {
    const { findByToken, ofDevice } = reads();
    asked.length = 0;
    database.exec('begin immediate; update sessions set ended_at_ms = 1');
    await findByToken('alpha', 'hash');
    await ofDevice('a', 'desk');
    expect(asked).toEqual(['session', 'keys']);
    database.exec('rollback');
  });
});
