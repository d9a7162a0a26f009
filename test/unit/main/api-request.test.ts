import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { request, type Fetch } from '../../../src-main/api/request.js';
import { MAX_BODY_BYTES } from '../../../src-shared/api-contract.js';

const JSON_TYPE = { 'content-type': 'application/json' };
const PROBLEM_TYPE = { 'content-type': 'application/problem+json' };
const schema = z.object({ ended: z.boolean() });
const URL = 'https://alpha.example/v1/x';

type Body = ConstructorParameters<typeof Response>[0];

/** Asks once; `fetch` answers with what is given. */
function answered(status: number, headers: Record<string, string>, body: Body, more: object = {}) {
  const fetch: Fetch = () => Promise.resolve(new Response(body, { status, headers }));
  return request(fetch, { method: 'GET', url: URL, schema, ...more });
}

/** A body that arrives in these parts. */
function inParts(...parts: Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const part of parts) controller.enqueue(part);
      controller.close();
    },
  });
}

const problem = (type: string, status: number): string =>
  JSON.stringify({ type, title: type, status });
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('a good answer', () => {
  it.each([
    ['plain', JSON_TYPE, 200],
    ['with a charset', { 'content-type': 'Application/JSON; charset=utf-8' }, 200],
    ['as created', JSON_TYPE, 201],
  ])('%s is its value', async (_, headers, status) => {
    const answer = await answered(status, headers, '{"ended":true,"later":1}');
    expect(answer).toEqual({ ok: true, value: { ended: true } });
  });

  it('may come in any parts, also within a character', async () => {
    const named = z.object({ name: z.string() });
    const text = bytes('{"name":"Grüße 🙂"}');
    const single = [...text].map((byte) => Uint8Array.of(byte));
    const answer = await answered(200, JSON_TYPE, inParts(...single), { schema: named });
    expect(answer).toEqual({ ok: true, value: { name: 'Grüße 🙂' } });
  });

  it('is an empty one only as 204', async () => {
    expect(await answered(204, {}, null, { schema: null })).toEqual({ ok: true, value: undefined });
    const page = await answered(200, { 'content-type': 'text/html' }, '<p>', { schema: null });
    expect(page).toEqual({ ok: false, error: { kind: 'not-understood' } });
  });
});

describe('what is no answer', () => {
  const tooLong = `{"ended":true,"x":"${'x'.repeat(MAX_BODY_BYTES)}"}`;
  const cases: [string, number, Record<string, string>, Body][] = [
    ['a page', 200, { 'content-type': 'text/html' }, '{"ended":true}'],
    ['no content type', 200, { 'content-type': '' }, '{"ended":true}'],
    [
      'a type that only begins alike',
      200,
      { 'content-type': 'application/jsonp' },
      '{"ended":true}',
    ],
    ['a problem with a good status', 200, PROBLEM_TYPE, '{"ended":true}'],
    ['no JSON', 200, JSON_TYPE, '{"ended":'],
    ['an empty body', 200, JSON_TYPE, ''],
    ['another shape', 200, JSON_TYPE, '{"ended":"yes"}'],
    ['null', 200, JSON_TYPE, 'null'],
    ['a body that is too long', 200, JSON_TYPE, tooLong],
    ['bytes that are not UTF-8', 200, JSON_TYPE, Uint8Array.of(0x22, 0xff, 0x22)],
    ['a redirect that was followed by nobody', 302, { location: 'https://else.example' }, null],
    ['a refusal as a page', 403, { 'content-type': 'text/html' }, '<p>no</p>'],
    ['a refusal in another shape', 401, PROBLEM_TYPE, '{"error":"no"}'],
    ['a refusal with plain JSON as its type', 401, JSON_TYPE, problem('session-ended', 401)],
    ['a request for another sign-in (407)', 407, { 'content-type': 'text/html' }, ''],
  ];
  it.each(cases)('%s is not understood', async (_, status, headers, body) => {
    expect(await answered(status, headers, body)).toEqual({
      ok: false,
      error: { kind: 'not-understood' },
    });
  });

  it('is a body that breaks off within a character', async () => {
    const cut = inParts(bytes('{"ended":true}'), Uint8Array.of(0xe2, 0x82));
    expect(await answered(200, JSON_TYPE, cut)).toEqual({
      ok: false,
      error: { kind: 'not-understood' },
    });
  });

  it('is read no further than to its limit', async () => {
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1;
        controller.enqueue(new Uint8Array(64 * 1024).fill(0x20));
      },
    });
    const answer = await answered(200, JSON_TYPE, endless);
    expect(answer).toEqual({ ok: false, error: { kind: 'not-understood' } });
    expect(pulled).toBeLessThan(30);
  });
});

describe('a refusal', () => {
  it('is the problem that the server names', async () => {
    const answer = await answered(401, PROBLEM_TYPE, problem('session-ended', 401));
    expect(answer).toMatchObject({
      ok: false,
      error: { kind: 'problem', problem: { type: 'session-ended' }, retryAfterMs: null },
    });
  });

  it('of a type this app does not know yet is understood all the same', async () => {
    const answer = await answered(422, PROBLEM_TYPE, problem('brand-new', 422));
    expect(answer).toMatchObject({ error: { kind: 'problem', problem: { type: 'brand-new' } } });
  });

  it.each([
    ['a page', { 'content-type': 'text/html' }, '<p>nothing here</p>'],
    ['a problem', PROBLEM_TYPE, problem('not-found', 404)],
  ])(
    '404 as %s says that nothing at this address speaks the interface',
    async (_, headers, body) => {
      expect(await answered(404, headers, body)).toEqual({
        ok: false,
        error: { kind: 'no-service' },
      });
    },
  );

  it.each([500, 502, 503, 599])(
    '%i is an error of the server, whatever comes with it',
    async (status) => {
      for (const [headers, body] of [
        [PROBLEM_TYPE, problem('session-ended', 401)],
        [{ 'content-type': 'text/html' }, '<p>'],
      ] as const) {
        expect(await answered(status, headers, body)).toEqual({
          ok: false,
          error: { kind: 'server-error', retryAfterMs: null },
        });
      }
    },
  );
});

describe('Retry-After', () => {
  it.each<[string, number | null]>([
    ['7', 7000],
    ['0', 0],
    ['3600', 3_600_000],
    ['7200', 3_600_000],
    ['-1', null],
    ['soon', null],
    ['', null],
  ])('%j is %s ms', async (value, expected) => {
    const answer = await answered(503, { ...PROBLEM_TYPE, 'retry-after': value }, '{}');
    expect(answer).toMatchObject({ error: { retryAfterMs: expected } });
  });

  it('counts with a refusal too', async () => {
    const headers = { ...PROBLEM_TYPE, 'retry-after': '30' };
    const answer = await answered(429, headers, problem('too-many-requests', 429));
    expect(answer).toMatchObject({ error: { kind: 'problem', retryAfterMs: 30_000 } });
  });
});
