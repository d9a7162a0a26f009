import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type Context } from 'oidc-provider';
import { addressOf, CLIENT_ID } from './names.js';

/** A real provider of OpenID Connect on loopback, with pages to sign in on. */
export interface TestProvider {
  readonly issuer: string;
  /** What a service's manifest says of it. */
  readonly way: { way: 'browser'; issuer: string; clientId: string };
  /** Access tokens that it gave and has not taken back. */
  tokensOut(): number;
  /** The codes and tokens that it gave, as they went out. */
  given(): readonly string[];
  /** Every path that was asked for, with its method. */
  readonly asked: readonly string[];
  /** Changes answers before they go out; null: none. */
  spoil: ((context: Context) => void) | null;
  stop(): Promise<void>;
}

/** Whoever signs in there is whom they say they are, with an address of the same name. */
export async function startTestProvider(): Promise<TestProvider> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT_ID,
        application_type: 'native',
        redirect_uris: ['http://127.0.0.1/callback'],
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    features: { devInteractions: { enabled: true }, revocation: { enabled: true } },
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    conformIdTokenClaims: false,
    cookies: { keys: ['a key for tests only'] },
    findAccount: (_context: unknown, sub: string) => ({
      accountId: sub,
      claims: () => ({ sub, email: addressOf(sub), email_verified: true }),
    }),
  });
  let tokensOut = 0;
  provider.on('access_token.saved', () => (tokensOut += 1));
  provider.on('access_token.destroyed', () => (tokensOut -= 1));
  const given: string[] = [];
  provider.on('authorization_code.saved', ({ jti }: { jti: string }) => given.push(jti));
  const asked: string[] = [];
  const made: TestProvider = {
    issuer,
    way: { way: 'browser', issuer, clientId: CLIENT_ID },
    tokensOut: () => tokensOut,
    given: () => [...given],
    asked,
    spoil: null,
    async stop() {
      if (!server.listening) return;
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  provider.use(async (context, next) => {
    asked.push(context.path);
    await next();
    const { access_token: access, id_token: id } = (context.body ?? {}) as Record<string, unknown>;
    for (const token of [access, id]) if (typeof token === 'string') given.push(token);
    made.spoil?.(context);
  });
  server.on('request', provider.callback());
  return made;
}
