import type { z } from 'zod';
import {
  newAccountSchema,
  newSessionSchema,
  policyAnswerSchema,
  pulledSchema,
  revokedSchema,
  sessionInfoSchema,
  type NewSession,
  type PolicyAnswer,
  type Pulled,
  type PushResult,
  type SessionInfo,
  type SignIn,
} from '../../src-shared/api-contract.js';
import { BRIEF_PREFERENCE } from '../../src-shared/brief-answer.js';
import { serverKeysSchema, type ServerKey } from '../../src-shared/ledger/keys.js';
import type { ProviderSignIn } from '../../src-shared/provider-sign-in.js';
import { ok, type Result } from '../../src-shared/result.js';
import {
  followEvents,
  type EventsListener,
  type EventsRequest,
  type StreamEnd,
} from './event-stream.js';
import { createAccountCalls, type AccountCalls } from './account-calls.js';
import type { PackedEntries } from './pack-entries.js';
import { pushAnswerReader, type PushAnswer } from './push-answer.js';
import { pushedReader } from './plain-results.js';
import { request, type ApiFailure, type ApiRequest, type Around, type Fetch } from './request.js';

type Answer<Value> = Promise<Result<Value, ApiFailure>>;

/** The calls of the HTTP interface (`docs/protocol.md`) that the app makes. */
export interface ApiClient extends AccountCalls {
  createAccount(
    baseAddress: string,
    credentials: { email: string; password: string },
  ): Answer<null>;
  signIn(baseAddress: string, signIn: SignIn): Answer<NewSession>;
  /** With a provider's word in the place of a password. */
  signInByProvider(baseAddress: string, signIn: ProviderSignIn): Answer<NewSession>;
  session(baseAddress: string, token: string): Answer<SessionInfo>;
  /** @param handle 32 bytes, base64url. */
  revoke(baseAddress: string, handle: string): Answer<{ ended: boolean }>;
  /** Signed refusals and headers alone, from whoever carries them. */
  pushWithoutToken(baseAddress: string, entries: PackedEntries): Answer<PushResult[]>;
  /**
   * Whatever a session has to say.
   * @param isBrief whether an answer in few words will do, where all of it is taken.
   * @param onHead told once an answer has begun, so that whatever it says has been done.
   */
  push(
    baseAddress: string,
    token: string,
    entries: PackedEntries,
    isBrief: boolean,
    onHead: () => void,
  ): Answer<PushAnswer>;
  /** @param limit how many entries at most; the service may have a lower limit of its own. */
  pull(baseAddress: string, token: string, cursor: string, limit?: number): Answer<Pulled>;
  /** Follows what the service tells at once, until the stream ends. */
  events(
    baseAddress: string,
    request: Omit<EventsRequest, 'url'>,
    listener: EventsListener,
  ): Promise<StreamEnd>;
  /** The keys that the server signs its receipts with, retired ones too (RFC 7517). */
  serverKeys(baseAddress: string): Answer<ServerKey[]>;
  /** Needs no token. Without a version it is the newest published one; the language is a wish. */
  policy(baseAddress: string, wish: { version?: string; lang: string }): Answer<PolicyAnswer>;
}

export function createApiClient(fetch: Fetch, around: Around = { nowMs: Date.now }): ApiClient {
  const ask = <Value>(asked: ApiRequest<Value>): Answer<Value> => request(fetch, asked, around);
  const post = <Value>(
    url: string,
    body: unknown,
    schema: z.ZodType<Value>,
    token?: string,
  ): Answer<Value> =>
    ask({
      method: 'POST',
      url,
      body,
      schema,
      ...(token === undefined ? {} : { token }),
    });

  return {
    ...createAccountCalls(ask),
    async createAccount(baseAddress, credentials) {
      const made = await post(`${baseAddress}/v1/accounts`, credentials, newAccountSchema);
      return made.ok ? ok(null) : made;
    },
    signIn: (baseAddress, signIn) => post(`${baseAddress}/v1/sessions`, signIn, newSessionSchema),
    signInByProvider: (baseAddress, signIn) =>
      post(`${baseAddress}/v1/sessions/provider`, signIn, newSessionSchema),
    session: (baseAddress, token) =>
      ask({
        method: 'GET',
        url: `${baseAddress}/v1/session`,
        token,
        schema: sessionInfoSchema,
      }),
    revoke: (baseAddress, handle) =>
      post(`${baseAddress}/v1/sessions/revoke`, { handle }, revokedSchema),
    async pushWithoutToken(baseAddress, entries) {
      const url = `${baseAddress}/v1/decisions`;
      const pushed = await ask({ method: 'POST', url, bodyBytes: entries, schema: pushedReader });
      return pushed.ok ? ok(pushed.value.results) : pushed;
    },
    push: (baseAddress, token, entries, isBrief, onHead) =>
      ask({
        method: 'POST',
        url: `${baseAddress}/v1/decisions`,
        token,
        bodyBytes: entries,
        onHead,
        ...(isBrief
          ? { prefer: BRIEF_PREFERENCE, schema: pushAnswerReader }
          : { schema: pushedReader }),
      }),
    async serverKeys(baseAddress) {
      const url = new URL('/.well-known/jwks.json', baseAddress).href;
      const found = await ask({ method: 'GET', url, schema: serverKeysSchema });
      return found.ok ? ok(found.value.keys) : found;
    },
    pull: (baseAddress, token, cursor, limit) =>
      ask({
        method: 'GET',
        url: `${baseAddress}/v1/decisions?${new URLSearchParams({
          ...(limit === undefined ? {} : { limit: String(limit) }),
          after: cursor,
        }).toString()}`,
        token,
        schema: pulledSchema,
      }),
    events: (baseAddress, asked, listener) =>
      followEvents(fetch, { ...asked, url: `${baseAddress}/v1/events` }, listener, around.nowMs),
    policy: (baseAddress, wish) =>
      ask({
        method: 'GET',
        url: `${baseAddress}/policy?${new URLSearchParams(wish).toString()}`,
        schema: policyAnswerSchema,
      }),
  };
}
