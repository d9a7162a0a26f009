import type { BrowserWay } from '../../../src-shared/manifest.js';
import type { Fetch } from '../../api/index.js';
import { isAnew } from './anew.js';
import { isPageOf, isSafeEndpoint } from './address.js';
import { providerFetch } from './provider-fetch.js';

/** What the person is asked in their browser, and what only this app knows about it. */
export interface Question {
  /** The provider's page. */
  readonly address: string;
  readonly state: string;
  readonly nonce: string;
  /** PKCE (RFC 7636): without it the code is worth nothing. */
  readonly verifier: string;
  /** When a sign-in of its own was asked for, however recent another one is; null where any will do. */
  readonly anewSinceMs: number | null;
}

/** What the provider says of the person. */
export interface Proof {
  readonly idToken: string;
  /** Whether they signed in for this very question, where that was asked for. */
  readonly isAnew: boolean;
  /** Has the provider take back every token it gave beside it (RFC 7009). Never rejects; they run out by themselves too. */
  drop(): Promise<void>;
}

/** What the proof has to be. */
export interface Wanted {
  /** What it has to carry. */
  readonly nonce: string;
  /** Whether the person has to sign in for it, even where they are signed in at the provider. */
  readonly isAnew: boolean;
}

/** A provider of OpenID Connect that has been looked up. */
export interface Provider {
  ask(redirectUri: string, wanted: Wanted): Promise<Question>;
  /** Exchanges what the browser came back with. @throws what `failureOf` reads. */
  exchange(answer: URL, question: Question): Promise<Proof>;
}

/** The provider has an address where it must not have one. */
export class UnsafeProviderError extends Error {
  override readonly name = 'UnsafeProviderError';
}

/** Who the person is, and the address to show on Me. Nothing that lasts: `offline_access` is not asked for. */
const SCOPE = 'openid email';

/**
 * Looks the provider up (OpenID Connect Discovery). The client library is loaded only now, because hardly any start needs it.
 * @param nowMs this device's clock.
 * @throws what `failureOf` reads.
 */
export async function findProvider(
  { issuer, clientId }: BrowserWay,
  fetch: Fetch,
  nowMs: () => number,
): Promise<Provider> {
  const library = await import('openid-client');
  const { clockSkew, customFetch, None } = library;
  const isLocal = new URL(issuer).protocol === 'http:';
  // The library reads the machine's own clock; what is judged here goes by the one that was passed in.
  const metadata = { [clockSkew]: Math.round((nowMs() - Date.now()) / 1000) };
  const found = await library.discovery(new URL(issuer), clientId, metadata, None(), {
    [customFetch]: providerFetch(fetch),
    // Called deprecated so that it stands out. Plain http never leaves this machine: each address is looked at, here and below.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    ...(isLocal ? { execute: [library.allowInsecureRequests] } : {}),
  });
  const server = found.serverMetadata();
  const { authorization_endpoint: page = '', token_endpoint: token = '' } = server;
  const revocation = server.revocation_endpoint;
  const isSafe =
    server.issuer === issuer &&
    isPageOf(issuer, page) &&
    isSafeEndpoint(issuer, token) &&
    (revocation === undefined || isSafeEndpoint(issuer, revocation));
  if (!isSafe) throw new UnsafeProviderError('an endpoint is where it must not be');

  return {
    async ask(redirectUri, wanted) {
      const verifier = library.randomPKCECodeVerifier();
      const state = library.randomState();
      const address = library.buildAuthorizationUrl(found, {
        redirect_uri: redirectUri,
        scope: SCOPE,
        state,
        nonce: wanted.nonce,
        code_challenge: await library.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        // OpenID Connect Core 1.0, section 3.1.2.1; with `max_age` the token has to say when the person signed in.
        ...(wanted.isAnew ? { prompt: 'login', max_age: '0' } : {}),
      });
      const anewSinceMs = wanted.isAnew ? nowMs() : null;
      return { address: address.href, state, nonce: wanted.nonce, verifier, anewSinceMs };
    },

    async exchange(answer, { state, nonce, verifier, anewSinceMs }) {
      // Checks the issuer of the answer (RFC 9207) and state before the code is sent, then the claims of the ID token.
      const tokens = await library.authorizationCodeGrant(found, answer, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      const { id_token: idToken = '', access_token: access, refresh_token: refresh } = tokens;
      const claims = tokens.claims();
      return {
        idToken,
        isAnew:
          anewSinceMs === null || (claims !== undefined && isAnew(claims, nowMs() - anewSinceMs)),
        async drop() {
          if (revocation === undefined) return;
          for (const given of [refresh, access]) {
            // The person is signed in or not whatever comes of it, and nobody has the token any more.
            if (given !== undefined)
              await library.tokenRevocation(found, given).catch(() => undefined);
          }
        },
      };
    },
  };
}
