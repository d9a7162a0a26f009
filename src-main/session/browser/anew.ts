/** The times of an ID token, seconds since 1970 by the provider's clock (OpenID Connect Core 1.0, section 2). */
export interface TokenTimes {
  readonly iat: number;
  /** When the person proved to the provider who they are. */
  readonly auth_time?: number | undefined;
}

/** The provider's times are whole seconds, each of which may have been cut off. */
const CUT_OFF_S = 1;

/**
 * Whether somebody signed in for the very question that a token answers, and not before it: whoever holds the browser can take
 * `prompt` and `max_age` out of the address. Both times are by the provider's clock, so that a wrong clock here changes nothing.
 * @param elapsedMs how long ago the question was asked, milliseconds.
 */
export function isAnew({ iat, auth_time: signedInAt }: TokenTimes, elapsedMs: number): boolean {
  if (signedInAt === undefined) return false;
  return iat - signedInAt <= Math.max(0, elapsedMs) / 1000 + CUT_OFF_S;
}
