import { createHash, randomBytes } from 'node:crypto';
import type { z } from 'zod';
import {
  newAccountSchema,
  newSessionSchema,
  problemSchema,
  problemTypeSchema,
  type NewSession,
  type Problem,
  type SignIn,
} from '../../../../src-shared/api-contract.js';

/** An answer, its body already read. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export interface CallOptions {
  readonly token?: string | undefined;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends one request by real HTTP; a `body` goes as JSON. */
export async function call(
  url: string,
  method = 'GET',
  options: CallOptions = {},
): Promise<Answer> {
  const { token, body } = options;
  const response = await fetch(url, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...options.headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** The body of a good answer, checked against the contract. */
export function bodyOf<Value>(answer: Answer, schema: z.ZodType<Value>, status = 200): Value {
  if (answer.status !== status) throw new Error(`${answer.status} ${answer.text}`);
  return schema.parse(JSON.parse(answer.text));
}

/** The problem of a bad answer, checked to be one in form, type, status and caching. */
export function problemIn(answer: Answer): Problem {
  const problem = problemSchema.parse(JSON.parse(answer.text));
  const mediaType = answer.headers.get('content-type')?.split(';')[0];
  if (mediaType !== 'application/problem+json') throw new Error(`media type ${mediaType}`);
  if (problem.status !== answer.status) throw new Error(`${problem.status} in ${answer.status}`);
  if (answer.headers.get('cache-control') !== 'no-store') throw new Error('may be cached');
  problemTypeSchema.parse(problem.type);
  return problem;
}

export const PASSWORD = 'correct horse battery';

/** A handle and the hash of it that a client sends. */
export function newHandle(): { handle: string; revokeHash: string } {
  const bytes = randomBytes(32);
  return {
    handle: bytes.toString('base64url'),
    revokeHash: createHash('sha256').update(bytes).digest('base64url'),
  };
}

export async function createAccount(base: string, email: string): Promise<{ id: string }> {
  const body = { email, password: PASSWORD };
  return bodyOf(await call(`${base}/v1/accounts`, 'POST', { body }), newAccountSchema, 201).account;
}

export function signInBody(email: string, changes: Partial<SignIn> = {}): SignIn {
  const device = { id: 'device-1', name: 'Desk' };
  return { email, password: PASSWORD, device, remember: true, ...changes };
}

export async function signIn(
  base: string,
  email: string,
  changes: Partial<SignIn> = {},
): Promise<NewSession> {
  const body = signInBody(email, changes);
  return bodyOf(await call(`${base}/v1/sessions`, 'POST', { body }), newSessionSchema, 201);
}

/** A new account and a session of it. */
export async function signedIn(base: string, email = 'ada@example.org'): Promise<NewSession> {
  await createAccount(base, email);
  return signIn(base, email);
}
