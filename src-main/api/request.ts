import { MAX_BODY_BYTES, problemSchema, type Problem } from '../../src-shared/api-contract.js';
import { failed, ok, type Result } from '../../src-shared/result.js';
import { readLimited } from './read-limited.js';
import { httpDateMs, retryAfterMsOf } from './retry-after.js';

/** A service that says nothing for this long is taken as not reachable. */
export const ANSWER_WITHIN_MS = 10_000;

/** `retryAfterMs` is what the server asked for, null where it asked for nothing. */
export type ApiFailure =
  /** No answer: no network, no such host, connection refused or cut, or nothing for {@link ANSWER_WITHIN_MS}. */
  | { readonly kind: 'no-network' }
  /** A proper refusal (RFC 9457); `problem.type` says which. */
  | { readonly kind: 'problem'; readonly problem: Problem; readonly retryAfterMs: number | null }
  /** 5xx. */
  | { readonly kind: 'server-error'; readonly retryAfterMs: number | null }
  /** An answer that is none of ours, such as the page of a network that wants a sign-in first. */
  | { readonly kind: 'not-understood' }
  /** 404: nothing at this address speaks the interface. */
  | { readonly kind: 'no-service' };

/** The network, passed in: `fetch` of a session without cookies in the app, the global one in tests. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** One call of the interface. */
export interface ApiRequest<Value> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: string;
  /** Session token; it goes into the Authorization header and nowhere else. */
  readonly token?: string;
  readonly body?: unknown;
  /** The body as JSON already, in the place of `body`. */
  readonly bodyBytes?: Uint8Array<ArrayBuffer>;
  /** What the answer may rather be like (RFC 7240). */
  readonly prefer?: string;
  /** What a good answer looks like; null for an empty one (204). */
  readonly schema: Reader<Value> | null;
  /** Told once the head of what looks like a good answer is there, before the rest is read: so far nothing of it is believed. */
  readonly onHead?: (() => void) | undefined;
}

/** What tells a good answer from any other: a schema, or something that takes the same. */
export interface Reader<Value> {
  safeParse(
    answer: unknown,
  ): { readonly success: true; readonly data: Value } | { readonly success: false };
}

/** What is around every request. */
export interface Around {
  /** This device's clock, milliseconds since 1970. */
  readonly nowMs: () => number;
  /** Told what a server's unsigned `Date` header says, milliseconds since 1970, to the second. */
  readonly onDate?: (serverMs: number) => void;
}

/**
 * Sends one request and believes nothing but a well-formed answer: status, content type, size and schema are checked.
 * Redirects are not followed, so that a token never travels to an address that did not issue it.
 */
export async function request<Value>(
  fetch: Fetch,
  { method, url, token, body, bodyBytes, prefer, schema, onHead }: ApiRequest<Value>,
  around: Around = { nowMs: Date.now },
): Promise<Result<Value, ApiFailure>> {
  const headers: Record<string, string> = { accept: 'application/json, application/problem+json' };
  if (token !== undefined) headers['authorization'] = `Bearer ${token}`;
  if (prefer !== undefined) headers['prefer'] = prefer;
  const sent = bodyBytes ?? (body === undefined ? undefined : JSON.stringify(body));
  if (sent !== undefined) headers['content-type'] = 'application/json';
  try {
    const response = await fetch(url, {
      method,
      headers,
      credentials: 'omit',
      redirect: 'error',
      cache: 'no-store',
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      ...(sent === undefined ? {} : { body: sent }),
    });
    if (response.ok && mediaTypeOf(response) === 'application/json') onHead?.();
    const text = await readLimited(response, MAX_BODY_BYTES);
    if (text === null) return failed({ kind: 'not-understood' });
    const retryAfterMs = retryAfterMsOf(response.headers, around.nowMs());
    const answer = judge(response, text, schema, retryAfterMs);
    const dateMs = httpDateMs(response.headers.get('date'));
    // Only who speaks the interface is listened to: the page of some hotel's network has a clock of its own.
    if (answer.ok && dateMs !== null) around.onDate?.(dateMs);
    return answer;
  } catch {
    return failed({ kind: 'no-network' });
  }
}

function judge<Value>(
  response: Response,
  text: string,
  schema: Reader<Value> | null,
  retryAfterMs: number | null,
): Result<Value, ApiFailure> {
  const { status } = response;
  if (status >= 500) return failed({ kind: 'server-error', retryAfterMs });
  if (status >= 400) {
    const problem = parse(response, text, 'application/problem+json', problemSchema);
    if (problem && problem.type !== 'not-found')
      return failed({ kind: 'problem', problem, retryAfterMs });
    return failed({ kind: status === 404 ? 'no-service' : 'not-understood' });
  }
  if (schema === null) {
    // Only a real 204 says that it was done; a 200 with a page is a network that wants a sign-in first.
    return status === 204 ? ok(undefined as Value) : failed({ kind: 'not-understood' });
  }
  const value =
    status >= 200 && status < 300 ? parse(response, text, 'application/json', schema) : null;
  return value === null ? failed({ kind: 'not-understood' }) : ok(value);
}

function parse<Value>(
  response: Response,
  text: string,
  contentType: string,
  schema: Reader<Value>,
): Value | null {
  if (mediaTypeOf(response) !== contentType) return null;
  try {
    const parsed = schema.safeParse(parseWithoutProto(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function mediaTypeOf({ headers }: Response): string | undefined {
  return headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
}

/** What may name a member `__proto__`: the name itself, or an escape that could hide it. */
const MAY_NAME_PROTO = /__proto__|\\u/;

/** @throws SyntaxError for what is no JSON or has a member of that name. Looking at each member takes far longer than reading. */
export function parseWithoutProto(text: string): unknown {
  return MAY_NAME_PROTO.test(text) ? JSON.parse(text, refuseProto) : JSON.parse(text);
}

/** A schema would drop such a member unseen, and what was dropped would no longer be what was said. */
function refuseProto(key: string, value: unknown): unknown {
  if (key === '__proto__') throw new SyntaxError('has a member named __proto__');
  return value;
}
