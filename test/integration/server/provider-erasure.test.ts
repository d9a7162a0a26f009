import { randomBytes } from 'node:crypto';
import type { JWTPayload } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newSessionSchema, type NewSession } from '../../../src-shared/api-contract.js';
import { erasureNonceOf, nonceOf } from '../../../src-shared/provider-sign-in.js';
import { sha256 } from '../../../src-server/keys/sha256.js';
import { CLIENT_ID } from '../../support/provider/names.js';
import { startTokenMaker, type TokenMaker } from '../../support/provider/token-maker.js';
import { bodyOf, call, newHandle, problemIn, type Answer } from './support/client.js';
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

const base = (service = 'alpha') => `${server.origin}/${service}`;
const newSecret = () => randomBytes(32).toString('base64url');
const secondsAgo = (seconds: number) => Math.floor(server.clock.nowMs / 1000) - seconds;

async function signIn(sub: string): Promise<NewSession> {
  const { revokeHash } = newHandle();
  const nonce = nonceOf(sha256, 'alpha', revokeHash);
  const idToken = await maker.make({ nonce, sub }, server.clock.nowMs);
  const device = { id: 'device-1', name: 'Desk' };
  const body = { idToken, revokeHash, remember: true, device };
  const answer = await call(`${base()}/v1/sessions/provider`, 'POST', { body });
  return bodyOf(answer, newSessionSchema, 201);
}

interface Try {
  readonly claims?: JWTPayload;
  /** Whose nonce it is; left out: that of the session that asks. */
  readonly sessionId?: string;
  readonly service?: string;
  readonly secret?: string;
  readonly how?: Parameters<TokenMaker['make']>[2];
}

/** Asks with the token of a session to erase its account, with what a provider says of `sub`. */
async function erase(asks: NewSession, sub: string, tried: Try = {}): Promise<Answer> {
  const secret = newSecret();
  const { sessionId = asks.sessionId, service = 'alpha' } = tried;
  const nonce = erasureNonceOf(sha256, service, { sessionId, secret });
  const claims = { nonce, sub, auth_time: secondsAgo(1), ...tried.claims };
  const idToken = await maker.make(claims, server.clock.nowMs, tried.how);
  const body = { idToken, secret: tried.secret ?? secret };
  return call(`${base()}/v1/account/erasure`, 'POST', { body, token: asks.token });
}

const told = (answer: Answer) => [answer.status, problemIn(answer).type];
const isThere = async ({ token }: NewSession) =>
  (await call(`${base()}/v1/session`, 'GET', { token })).status === 200;

describe('erasing an account that is signed in to at a provider', () => {
  it('forgets it with whom it was of, who begins with another one afterwards', async () => {
    const asks = await signIn('leaver');
    const other = await signIn('leaver');
    expect((await erase(asks, 'leaver')).status).toBe(204);
    const rows = (await server.tables()).get('provider_persons') ?? [];
    expect(rows.filter(({ subject }) => subject === 'leaver')).toEqual([]);
    const gone = await call(`${base()}/v1/session`, 'GET', { token: other.token });
    expect(told(gone)).toEqual([401, 'session-ended']);
    expect((await signIn('leaver')).account.id).not.toBe(asks.account.id);
  });

  it.each<[string, () => Try]>([
    ['of a sign-in long ago', () => ({ claims: { auth_time: secondsAgo(361) } })],
    ['of a sign-in to come', () => ({ claims: { auth_time: secondsAgo(-61) } })],
    ['that does not say when', () => ({ claims: { auth_time: undefined } })],
    ['that says it in words', () => ({ claims: { auth_time: 'now' } })],
    ['for another session', () => ({ sessionId: 'another' })],
    ['for another service', () => ({ service: 'beta' })],
    ['whose secret is not known', () => ({ secret: newSecret() })],
    ['for another client', () => ({ claims: { aud: 'another' } })],
    ['signed by a stranger', () => ({ how: { key: 'stranger' } })],
  ])('takes no word %s', async (_what, tried) => {
    const asks = await signIn('stayer');
    expect(told(await erase(asks, 'stayer', tried()))).toEqual([403, 'sign-in-not-fresh']);
    expect(await isThere(asks)).toBe(true);
  });

  it('takes no word that a session was begun with, and begins none with one of its own', async () => {
    const asks = await signIn('stayer');
    const { revokeHash } = newHandle();
    const nonce = nonceOf(sha256, 'alpha', revokeHash);
    const claims = { nonce, auth_time: secondsAgo(1) };
    expect(told(await erase(asks, 'stayer', { claims }))).toEqual([403, 'sign-in-not-fresh']);
    const secret = newSecret();
    const other = erasureNonceOf(sha256, 'alpha', { sessionId: asks.sessionId, secret });
    const idToken = await maker.make({ nonce: other, sub: 'stayer' }, server.clock.nowMs);
    const device = { id: 'device-1', name: 'Desk' };
    const body = { idToken, revokeHash, remember: true, device };
    const begun = await call(`${base()}/v1/sessions/provider`, 'POST', { body });
    expect(told(begun)).toEqual([401, 'bad-credentials']);
  });

  it('takes no word of somebody else, with an account or without', async () => {
    const asks = await signIn('stayer');
    await signIn('bo');
    for (const sub of ['bo', 'nobody'])
      expect(told(await erase(asks, sub))).toEqual([403, 'other-person']);
    expect(await isThere(asks)).toBe(true);
  });

  it('takes no token alone', async () => {
    const asks = await signIn('stayer');
    const alone = await call(`${base()}/v1/account`, 'DELETE', { token: asks.token });
    expect(told(alone)).toEqual([403, 'sign-in-not-fresh']);
    expect(await isThere(asks)).toBe(true);
  });

  it('says so where the provider cannot be asked', async () => {
    const asks = await signIn('stayer');
    // Started anew, it has not asked the provider for its keys yet.
    server = await server.restart();
    maker.isThere = false;
    const away = await erase(asks, 'stayer');
    maker.isThere = true;
    expect(told(away)).toEqual([503, 'unavailable']);
    expect((await erase(asks, 'stayer')).status).toBe(204);
  });
});
