import { createRemoteJWKSet, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { isAllowedBaseAddress } from '../../../src-shared/manifest.js';
import { failed, type Result } from '../../../src-shared/result.js';
import {
  checkIdToken,
  type IdClaims,
  type IdTokenFailure,
  type ProviderOption,
} from './id-token.js';

/** Where people sign in, as the calls see it. */
export interface Provider {
  readonly issuer: string;
  /** Whom a token is about, if it is to be believed. */
  check(idToken: string, nonce: string): Promise<Result<IdClaims, IdTokenFailure>>;
}

/** OpenID Connect Discovery 1.0, section 3: the little that is needed of it. */
const metadataSchema = z.object({
  issuer: z.string(),
  jwks_uri: z.string().refine((address) => isAllowedBaseAddress(address.split('?')[0] ?? '')),
});

/** How long the provider may take for an answer, in milliseconds. */
const ANSWER_WITHIN_MS = 5000;

/**
 * The provider of a server. It is asked for its keys when the first token comes, not at the start: a server must not depend on
 * another one to begin.
 */
export function createProvider(option: ProviderOption, nowMs: () => number): Provider {
  let keys: Promise<JWTVerifyGetKey> | null = null;
  const known = (): Promise<JWTVerifyGetKey> => {
    keys ??= findKeys(option.issuer).catch((error: unknown) => {
      // The next one who signs in asks again.
      keys = null;
      throw error;
    });
    return keys;
  };
  return {
    issuer: option.issuer,
    async check(idToken, nonce) {
      try {
        const found = await known();
        return await checkIdToken(idToken, found, { ...option, nonce, nowMs: nowMs() });
      } catch {
        return failed({ code: 'unreachable' });
      }
    },
  };
}

async function findKeys(issuer: string): Promise<JWTVerifyGetKey> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
  const answer = await fetch(address, { redirect: 'error', signal });
  if (!answer.ok) throw new Error(`the provider answers ${answer.status}`);
  const found = metadataSchema.parse(await answer.json());
  // Whoever can write to another path of that host is not the provider (section 4.3).
  if (found.issuer !== issuer) throw new Error('the provider has another name for itself');
  return createRemoteJWKSet(new URL(found.jwks_uri), { timeoutDuration: ANSWER_WITHIN_MS });
}
