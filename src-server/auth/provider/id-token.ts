import { errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { failed, ok, type Result } from '../../../src-shared/result.js';

/** The provider that people of this server sign in at. */
export interface ProviderOption {
  /** The name the provider gives itself, an address: https, or loopback. */
  readonly issuer: string;
  /** What Sayso is called there: what its tokens have to be made for. */
  readonly clientId: string;
}

/** Who the provider says that it is. */
export interface IdClaims {
  /** `sub`. */
  readonly subject: string;
  /** Only an address that the provider has proved; else empty. */
  readonly email: string;
  /** `auth_time`: when the person last proved to the provider who they are; null where it does not say. */
  readonly authenticatedAtMs: number | null;
}

/** `unreachable`: the provider's keys could not be fetched, so nothing is known. */
export type IdTokenFailure = { readonly code: 'not-believed' | 'unreachable' };

/** What a token is held against. */
export interface Expected extends ProviderOption {
  readonly nonce: string;
  readonly nowMs: number;
}

/** Public keys only: with a shared secret anybody who checks a token could make one. */
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'ES384', 'Ed25519', 'EdDSA'];
/** How far the clocks of provider and server may be apart, in seconds. */
export const CLOCKS_APART_S = 60;
/** A sign-in takes its token to the service at once; what is older has been lying about. In seconds. */
const OLDEST_S = 600;
/** OpenID Connect Core 1.0, section 2. */
const LONGEST_SUBJECT = 255;

/**
 * Checks an ID token (OpenID Connect Core 1.0, section 3.1.3.7): signed by the provider, made for Sayso and nobody else, for
 * this very sign-in, and neither run out nor of old.
 */
export async function checkIdToken(
  idToken: string,
  keys: JWTVerifyGetKey,
  { issuer, clientId, nonce, nowMs }: Expected,
): Promise<Result<IdClaims, IdTokenFailure>> {
  try {
    const { payload } = await jwtVerify(idToken, keys, {
      issuer,
      audience: clientId,
      algorithms: ALGORITHMS,
      clockTolerance: CLOCKS_APART_S,
      maxTokenAge: OLDEST_S,
      requiredClaims: ['sub', 'exp', 'nonce'],
      currentDate: new Date(nowMs),
    });
    const isOurs = isForUsAlone(payload, clientId) && payload['nonce'] === nonce;
    const { sub } = payload;
    if (!isOurs || !sub || sub.length > LONGEST_SUBJECT) return failed({ code: 'not-believed' });
    return ok({
      subject: sub,
      email: provenEmail(payload),
      authenticatedAtMs: timeOf(payload['auth_time']),
    });
  } catch (error) {
    if (error instanceof errors.JOSEError && !isAway(error))
      return failed({ code: 'not-believed' });
    return failed({ code: 'unreachable' });
  }
}

/** A token for several clients could have come to us from any of them. */
function isForUsAlone({ aud, azp }: JWTPayload, clientId: string): boolean {
  const audience = Array.isArray(aud) ? aud : [aud];
  return audience.length === 1 && (azp === undefined || azp === clientId);
}

function provenEmail({ email, email_verified: isProven }: JWTPayload): string {
  return typeof email === 'string' && isProven === true && email.length <= 320 ? email : '';
}

/** `auth_time` is a number of seconds (OpenID Connect Core 1.0, section 2). */
function timeOf(seconds: unknown): number | null {
  return typeof seconds === 'number' && Number.isFinite(seconds) ? seconds * 1000 : null;
}

/** The key set could not be read, which says nothing about the token. */
function isAway(error: errors.JOSEError): boolean {
  return (
    error instanceof errors.JWKSTimeout ||
    error instanceof errors.JWKSInvalid ||
    error.code === 'ERR_JOSE_GENERIC'
  );
}
