import type { z } from 'zod';
import { sessionListSchema } from '../../src-shared/api-contract.js';
import type { Erasure } from '../../src-shared/provider-sign-in.js';
import { ok, type Result } from '../../src-shared/result.js';
import type { ApiFailure, ApiRequest } from './request.js';

type Answer<Value> = Promise<Result<Value, ApiFailure>>;

/** One session of an account, as its service lists it. */
export type ListedSession = z.infer<typeof sessionListSchema>['sessions'][number];

/** The calls about an account as a whole and its sessions. Each needs the token of a session of that account. */
export interface AccountCalls {
  /** The sessions that can still be used. */
  sessions(baseAddress: string, token: string): Answer<ListedSession[]>;
  /** Ends one of them; `no-service` also where it is no session of the account any more. */
  endSession(baseAddress: string, token: string, sessionId: string): Answer<undefined>;
  /** Ends all sessions but this one. A wrong current password is `bad-credentials` with status 403. */
  changePassword(
    baseAddress: string,
    token: string,
    passwords: { currentPassword: string; newPassword: string },
  ): Answer<undefined>;
  /** Erases the account with everything the service has of it. */
  eraseAccount(baseAddress: string, token: string): Answer<undefined>;
  /** The same for an account without a password: a provider's word of just now proves who asks. */
  eraseAccountByProvider(baseAddress: string, token: string, proof: Erasure): Answer<undefined>;
}

export function createAccountCalls(
  ask: <Value>(asked: ApiRequest<Value>) => Answer<Value>,
): AccountCalls {
  return {
    async sessions(baseAddress, token) {
      const url = `${baseAddress}/v1/sessions`;
      const listed = await ask({ method: 'GET', url, token, schema: sessionListSchema });
      return listed.ok ? ok(listed.value.sessions) : listed;
    },
    endSession: (baseAddress, token, sessionId) =>
      ask({
        method: 'DELETE',
        url: `${baseAddress}/v1/sessions/${encodeURIComponent(sessionId)}`,
        token,
        schema: null,
      }),
    changePassword: (baseAddress, token, body) =>
      ask({ method: 'PUT', url: `${baseAddress}/v1/account/password`, token, body, schema: null }),
    eraseAccount: (baseAddress, token) =>
      ask({ method: 'DELETE', url: `${baseAddress}/v1/account`, token, schema: null }),
    eraseAccountByProvider: (baseAddress, token, body) =>
      ask({ method: 'POST', url: `${baseAddress}/v1/account/erasure`, token, body, schema: null }),
  };
}
