import type { SessionFailure } from '../../src-shared/failures.js';
import type { Result } from '../../src-shared/result.js';
import { beginSession } from './begin-session.js';
import type { SessionParts } from './parts.js';

/** What the person typed, and whether the session should outlive the app. */
export interface Credentials {
  readonly service: string;
  readonly email: string;
  readonly password: string;
  readonly remember: boolean;
}

/** Signs in with address and password. */
export function signIn(
  parts: SessionParts,
  { service, email, password, remember }: Credentials,
): Promise<Result<null, SessionFailure>> {
  const { api, newHandle } = parts;
  return beginSession(parts, { service, remember, handle: newHandle() }, (baseAddress, bearing) =>
    api.signIn(baseAddress, { email, password, ...bearing }),
  );
}
