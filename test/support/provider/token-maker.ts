import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose';
import { CLIENT_ID } from './names.js';

/** A provider that signs whatever it is told to, to see what a server believes. */
export interface TokenMaker {
  readonly issuer: string;
  /** A token with these claims beside the usual ones; `undefined` leaves one out. */
  make(
    claims: JWTPayload,
    nowMs: number,
    how?: { key?: 'own' | 'stranger'; alg?: string },
  ): Promise<string>;
  /** Whether it answers at all. */
  isThere: boolean;
  stop(): Promise<void>;
}

export async function startTokenMaker(): Promise<TokenMaker> {
  const own = await generateKeyPair('RS256');
  const stranger = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(own.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' };
  const server = createServer((request, response) => {
    if (!maker.isThere) {
      response.writeHead(503).end();
      return;
    }
    const metadata = { issuer: maker.issuer, jwks_uri: `${maker.issuer}/jwks` };
    const body = request.url === '/jwks' ? { keys: [jwk] } : metadata;
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const maker: TokenMaker = {
    issuer,
    isThere: true,
    async make(claims, nowMs, { key = 'own', alg = 'RS256' } = {}) {
      const iat = Math.floor(nowMs / 1000);
      const usual = { iss: issuer, aud: CLIENT_ID, sub: 'ada', iat, exp: iat + 300 };
      const payload = { ...usual, ...claims };
      if (alg === 'none') {
        const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
        return `${part({ alg })}.${part(payload)}.AA`;
      }
      if (alg === 'HS256') {
        // The public key as the shared secret: what a check that trusts the header would take.
        const secret = new TextEncoder().encode(JSON.stringify(jwk).padEnd(64, ' '));
        return new SignJWT(payload).setProtectedHeader({ alg, kid: 'one' }).sign(secret);
      }
      const { privateKey } = key === 'own' ? own : stranger;
      return new SignJWT(payload).setProtectedHeader({ alg, kid: 'one' }).sign(privateKey);
    },
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  return maker;
}
