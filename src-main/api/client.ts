import type { z } from 'zod';
import {
  newAccountSchema,
  newSessionSchema,
  policyAnswerSchema,
  pulledSchema,
  pushedSchema,
  revokedSchema,
  sessionInfoSchema,
  type Entry,
  type NewSession,
  type PolicyAnswer,
  type Pulled,
  type PushResult,
  type SessionInfo,
  type SignIn,
} from '../../src-shared/api-contract.js';
import { serverKeysSchema, type ServerKey } from '../../src-shared/ledger/keys.js';
import { ok, type Result } from '../../src-shared/result.js';
import { request, type ApiFailure, type Fetch } from './request.js';

type Answer<Value> = Promise<Result<Value, ApiFailure>>;

/** The calls of the HTTP interface (`docs/protocol.md`) that the app makes. */
export interface ApiClient {
  createAccount(
    baseAddress: string,
    credentials: { email: string; password: string },
  ): Answer<null>;
  signIn(baseAddress: string, signIn: SignIn): Answer<NewSession>;
  session(baseAddress: string, token: string): Answer<SessionInfo>;
  /** @param handle 32 bytes, base64url. */
  revoke(baseAddress: string, handle: string): Answer<{ ended: boolean }>;
  push(baseAddress: string, token: string, entries: readonly Entry[]): Answer<PushResult[]>;
  pull(baseAddress: string, token: string, cursor: string): Answer<Pulled>;
  /** The keys that the server signs its receipts with, retired ones too (RFC 7517). */
  serverKeys(baseAddress: string): Answer<ServerKey[]>;
  /** Needs no token. Without a version it is the newest published one; the language is a wish. */
  policy(baseAddress: string, wish: { version?: string; lang: string }): Answer<PolicyAnswer>;
}

export function createApiClient(fetch: Fetch): ApiClient {
  const post = <Value>(
    url: string,
    body: unknown,
    schema: z.ZodType<Value>,
    token?: string,
  ): Answer<Value> =>
    request(fetch, {
      method: 'POST',
      url,
      body,
      schema,
      ...(token === undefined ? {} : { token }),
    });

  return {
    async createAccount(baseAddress, credentials) {
      const made = await post(`${baseAddress}/v1/accounts`, credentials, newAccountSchema);
      return made.ok ? ok(null) : made;
    },
    signIn: (baseAddress, signIn) => post(`${baseAddress}/v1/sessions`, signIn, newSessionSchema),
    session: (baseAddress, token) =>
      request(fetch, {
        method: 'GET',
        url: `${baseAddress}/v1/session`,
        token,
        schema: sessionInfoSchema,
      }),
    revoke: (baseAddress, handle) =>
      post(`${baseAddress}/v1/sessions/revoke`, { handle }, revokedSchema),
    async push(baseAddress, token, entries) {
      const pushed = await post(`${baseAddress}/v1/decisions`, { entries }, pushedSchema, token);
      return pushed.ok ? ok(pushed.value.results) : pushed;
    },
    async serverKeys(baseAddress) {
      const url = new URL('/.well-known/jwks.json', baseAddress).href;
      const found = await request(fetch, { method: 'GET', url, schema: serverKeysSchema });
      return found.ok ? ok(found.value.keys) : found;
    },
    pull: (baseAddress, token, cursor) =>
      request(fetch, {
        method: 'GET',
        url: `${baseAddress}/v1/decisions?after=${encodeURIComponent(cursor)}`,
        token,
        schema: pulledSchema,
      }),
    policy: (baseAddress, wish) =>
      request(fetch, {
        method: 'GET',
        url: `${baseAddress}/policy?${new URLSearchParams(wish).toString()}`,
        schema: policyAnswerSchema,
      }),
  };
}
