import type { JWTPayload } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newSessionSchema, type NewSession } from '../../../src-shared/api-contract.js';
import { nonceOf } from '../../../src-shared/provider-sign-in.js';
import { sha256 } from '../../../src-server/keys/sha256.js';
import { CLIENT_ID } from '../../support/provider/names.js';
import { startTokenMaker, type TokenMaker } from '../../support/provider/token-maker.js';
import {
  bodyOf,
  call,
  createAccount,
  newHandle,
  problemIn,
  type Answer,
} from './support/client.js';
import { startTestServer, type TestServer } from './support/test-server.js';

let maker: TokenMaker;
let server: TestServer;
beforeAll(async () => {
  maker = await startTokenMaker();
  const provider = { issuer: maker.issuer, clientId: CLIENT_ID };
  server = await startTestServer({ parts: { provider } });
});
afterAll(async () => {
  await server.remove();
  await maker.stop();
});

interface Try {
  readonly claims?: JWTPayload;
  readonly how?: Parameters<TokenMaker['make']>[2];
  readonly service?: string;
  readonly revokeHash?: string;
  readonly idToken?: string;
}

const bodyFor = (idToken: string, revokeHash: string) => ({
  idToken,
  revokeHash,
  remember: true,
  device: { id: 'device-1', name: 'Desk' },
});

async function signIn({
  claims = {},
  how,
  service = 'alpha',
  ...given
}: Try = {}): Promise<Answer> {
  const { revokeHash = newHandle().revokeHash } = given;
  const nonce = nonceOf(sha256, service, revokeHash);
  const idToken =
    given.idToken ?? (await maker.make({ nonce, ...claims }, server.clock.nowMs, how));
  const body = bodyFor(idToken, revokeHash);
  return call(`${server.origin}/${service}/v1/sessions/provider`, 'POST', { body });
}

const sessionOf = (answer: Answer): NewSession => bodyOf(answer, newSessionSchema, 201);
const type = (answer: Answer): string => problemIn(answer).type;

describe('signing in with what a provider says', () => {
  it('begins a session of one account for each person, with the address only where it is proved', async () => {
    const proved = { email: 'ada@people.example', email_verified: true };
    const first = sessionOf(await signIn({ claims: proved }));
    expect(first.account.email).toBe('ada@people.example');
    const again = sessionOf(
      await signIn({ claims: { email: 'new@people.example', email_verified: true } }),
    );
    expect(again.account).toEqual({ id: first.account.id, email: 'new@people.example' });
    const unproved = sessionOf(await signIn({ claims: { ...proved, email_verified: false } }));
    expect(unproved.account).toEqual({ id: first.account.id, email: '' });
    const other = sessionOf(await signIn({ claims: { sub: 'bo', ...proved } }));
    expect(other.account.id).not.toBe(first.account.id);
    const elsewhere = sessionOf(await signIn({ service: 'beta', claims: proved }));
    expect(elsewhere.account.id).not.toBe(first.account.id);
  });

  it('never takes an account that was made with a password, whatever address the provider proves', async () => {
    const email = 'own@people.example';
    const own = await createAccount(`${server.origin}/alpha`, email);
    const claims = { sub: 'whoever', email, email_verified: true };
    expect(sessionOf(await signIn({ claims })).account.id).not.toBe(own.id);
  });

  it('many first sign-ins of one person at once make one account', async () => {
    const all = await Promise.all(
      Array.from({ length: 6 }, () => signIn({ claims: { sub: 'crowd' } })),
    );
    expect(new Set(all.map((answer) => sessionOf(answer).account.id)).size).toBe(1);
  });

  it.each<[string, Try]>([
    ['for another client', { claims: { aud: 'another' } }],
    ['for several clients', { claims: { aud: [CLIENT_ID, 'another'] } }],
    ['obtained by another client', { claims: { azp: 'another' } }],
    ['of another issuer', { claims: { iss: 'https://other.example' } }],
    ['that has run out', { claims: { exp: 1 } }],
    ['without an end', { claims: { exp: undefined as unknown as number } }],
    ['of an hour ago', { claims: { iat: 1_600_000_000, exp: 4_000_000_000 } }],
    ['without a person', { claims: { sub: undefined as unknown as string } }],
    ['with another nonce', { claims: { nonce: 'another' } }],
    ['without a nonce', { claims: { nonce: undefined } }],
    ['signed by a stranger', { how: { key: 'stranger' } }],
    ['signed by nobody', { how: { alg: 'none' } }],
    ['signed with what everybody knows', { how: { alg: 'HS256' } }],
  ])('does not believe a token %s', async (_what, tried) => {
    const answer = await signIn(tried);
    expect([answer.status, type(answer)]).toEqual([401, 'bad-credentials']);
  });

  it('a token begins one session, at one service, for who knows the hash of its handle', async () => {
    const { revokeHash } = newHandle();
    const nonce = nonceOf(sha256, 'alpha', revokeHash);
    const idToken = await maker.make({ nonce }, server.clock.nowMs);
    expect(type(await signIn({ idToken }))).toBe('bad-credentials');
    expect(type(await signIn({ idToken, revokeHash, service: 'beta' }))).toBe('bad-credentials');
    sessionOf(await signIn({ idToken, revokeHash }));
    expect(type(await signIn({ idToken, revokeHash }))).toBe('bad-request');
  });

  it('a handle that was revoked before its sign-in came lets it begin nothing', async () => {
    const { handle, revokeHash } = newHandle();
    await call(`${server.origin}/alpha/v1/sessions/revoke`, 'POST', { body: { handle } });
    expect(type(await signIn({ revokeHash }))).toBe('bad-request');
  });

  it('needs a handle, and a token in its form', async () => {
    for (const body of [
      { ...bodyFor('a.b.c', newHandle().revokeHash), revokeHash: undefined },
      bodyFor('not a token', newHandle().revokeHash),
    ]) {
      const answer = await call(`${server.origin}/alpha/v1/sessions/provider`, 'POST', { body });
      expect([answer.status, type(answer)]).toEqual([400, 'bad-request']);
    }
  });

  it('nobody signs in with a password to an account that has none', async () => {
    const { account } = sessionOf(await signIn());
    const body = {
      email: `provider ${account.id}`,
      password: 'anything at all',
      device: { id: 'device-1', name: 'Desk' },
      remember: false,
    };
    const answer = await call(`${server.origin}/alpha/v1/sessions`, 'POST', { body });
    expect(type(answer)).toBe('bad-credentials');
  });
});

describe('a server', () => {
  it('whose provider cannot be asked says so, and asks again for the next one', async () => {
    const provider = { issuer: maker.issuer, clientId: CLIENT_ID };
    const fresh = await startTestServer({ parts: { provider } });
    const { revokeHash } = newHandle();
    const nonce = nonceOf(sha256, 'alpha', revokeHash);
    const body = bodyFor(await maker.make({ nonce }, fresh.clock.nowMs), revokeHash);
    const ask = () => call(`${fresh.origin}/alpha/v1/sessions/provider`, 'POST', { body });
    maker.isThere = false;
    const away = await ask();
    expect([away.status, type(away)]).toEqual([503, 'unavailable']);
    maker.isThere = true;
    sessionOf(await ask());
    await fresh.remove();
  });

  it('that was told of no provider has no such call', async () => {
    const plain = await startTestServer();
    const url = `${plain.origin}/alpha/v1/sessions/provider`;
    const body = bodyFor('a.b.c', newHandle().revokeHash);
    // Nothing but the end of a session by its id has such a path.
    expect((await call(url, 'POST', { body })).status).toBe(405);
    const document = await call(`${plain.origin}/alpha/openapi.json`);
    expect(document.text).not.toContain('sessions/provider');
    await plain.remove();
  });
});
