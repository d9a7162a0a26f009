import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { revokedSchema } from '../../../src-shared/api-contract.js';
import {
  bodyOf,
  call,
  createAccount,
  newHandle,
  problemIn,
  signIn,
  signInBody,
} from './support/client.js';
import { startTestServer, type TestServer } from './support/test-server.js';

let server: TestServer;
let base: string;

beforeAll(async () => {
  server = await startTestServer();
  base = `${server.origin}/alpha`;
  await createAccount(base, 'ada@example.org');
});
afterAll(() => server.remove());

const revoke = async (handle: string, at = base) =>
  bodyOf(await call(`${at}/v1/sessions/revoke`, 'POST', { body: { handle } }), revokedSchema).ended;
const session = (token: string) => call(`${base}/v1/session`, 'GET', { token });

describe('a revoke handle', () => {
  it('ends its session and no other, and may be sent again', async () => {
    const { handle, revokeHash } = newHandle();
    const mine = await signIn(base, 'ada@example.org', { revokeHash });
    const other = await signIn(base, 'ada@example.org');
    expect(await revoke(handle)).toBe(true);
    expect(problemIn(await session(mine.token)).type).toBe('session-ended');
    expect((await session(other.token)).status).toBe(200);
    expect(await revoke(handle)).toBe(true);
  });

  it('says of a session that was signed out or has expired that it is ended', async () => {
    const [out, old] = [newHandle(), newHandle()];
    const { token } = await signIn(base, 'ada@example.org', { revokeHash: out.revokeHash });
    await call(`${base}/v1/session`, 'DELETE', { token });
    await signIn(base, 'ada@example.org', { revokeHash: old.revokeHash, remember: false });
    server.clock.nowMs += 2 * 86_400_000;
    expect(await revoke(out.handle)).toBe(true);
    expect(await revoke(old.handle)).toBe(true);
  });

  it('ends nothing where it was never seen, also on another service or as a hash', async () => {
    const { handle, revokeHash } = newHandle();
    const { token } = await signIn(base, 'ada@example.org', { revokeHash });
    expect(await revoke(randomBytes(32).toString('base64url'))).toBe(false);
    expect(await revoke(handle, `${server.origin}/beta`)).toBe(false);
    expect(await revoke(revokeHash)).toBe(false);
    expect((await session(token)).status).toBe(200);
  });

  it('that comes before its sign-in lets nobody in with it, for an hour', async () => {
    const { handle, revokeHash } = newHandle();
    expect(await revoke(handle)).toBe(false);
    const body = signInBody('ada@example.org', { revokeHash });
    const late = await call(`${base}/v1/sessions`, 'POST', { body });
    expect(problemIn(late).type).toBe('bad-request');
    expect(await revoke(handle), 'there is still no such session').toBe(false);
    server.clock.nowMs += 61 * 60_000;
    // A sign-in is when old ones are forgotten.
    await signIn(base, 'ada@example.org');
    await signIn(base, 'ada@example.org', { revokeHash });
    expect(await revoke(handle)).toBe(true);
  });

  it('is refused when it is no handle', async () => {
    const answer = await call(`${base}/v1/sessions/revoke`, 'POST', { body: { handle: 'x' } });
    expect(problemIn(answer).type).toBe('bad-request');
  });
});
