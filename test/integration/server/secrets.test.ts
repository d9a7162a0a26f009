import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { call, createAccount, newHandle, PASSWORD, signIn } from './support/client.js';
import { decision, push } from './support/decisions.js';
import { startTestServer } from './support/test-server.js';

describe('secrets', () => {
  it('are in no file and in no log line', async () => {
    const server = await startTestServer();
    try {
      const base = `${server.origin}/alpha`;
      const { handle, revokeHash } = newHandle();
      await createAccount(base, 'ada@example.org');
      const session = await signIn(base, 'ada@example.org', { revokeHash });
      const { token, account } = session;
      await push(base, token, [decision(account.id, 1)]);
      // Secrets where they do not belong: in an address, as another header, in bodies that are refused.
      await call(`${base}/v1/session?token=${token}&password=${PASSWORD}`, 'GET', { token });
      await call(`${base}/v1/nothing/${token}`, 'GET', { headers: { cookie: `t=${token}` } });
      await call(`${base}/v1/sessions`, 'POST', { body: { password: PASSWORD, handle } });
      await call(`${base}/v1/sessions/revoke`, 'POST', { body: { handle } });
      const log = Buffer.from(server.log());
      expect(log.includes('"route":"/alpha/v1/sessions/revoke"')).toBe(true);
      expect(log.includes('ada@example.org')).toBe(false);
      const messages = [...server.log().matchAll(/"msg":"([^"]*)"/g)].map(([, message]) => message);
      expect(messages.filter((message) => message !== 'answered')).toHaveLength(1);
      const folder = dirname(server.databaseFile);
      const files = await Promise.all(
        (await readdir(folder)).map((name) => readFile(join(folder, name))),
      );
      expect(files.some((bytes) => bytes.includes(session.sessionId))).toBe(true);
      expect(files.some((bytes) => bytes.includes('$argon2id$v=19$m=19456,t=2,p=1$'))).toBe(true);
      for (const secret of [token, handle, PASSWORD]) {
        for (const bytes of [log, ...files]) {
          expect(bytes.includes(secret)).toBe(false);
          expect(bytes.includes(Buffer.from(secret, 'base64url'))).toBe(false);
        }
      }
    } finally {
      await server.remove();
    }
  });
});
