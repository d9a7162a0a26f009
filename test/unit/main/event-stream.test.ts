import { describe, expect, it } from 'vitest';
import {
  followEvents,
  type ServerEvent,
  type StreamEnd,
} from '../../../src-main/api/event-stream.js';
import type { Fetch } from '../../../src-main/api/index.js';

const STREAM = { 'content-type': 'text/event-stream; charset=utf-8' };

interface Followed {
  readonly end: StreamEnd;
  readonly events: ServerEvent[];
  readonly chunks: number;
  readonly asked: { url: string; init: RequestInit };
}

/** Follows a stream that is answered like this. */
async function followed(answer: Response, lastEventId = ''): Promise<Followed> {
  const events: ServerEvent[] = [];
  let chunks = 0;
  let asked: Followed['asked'] = { url: '', init: {} };
  const fetch: Fetch = (url, init) => {
    asked = { url, init };
    return Promise.resolve(answer);
  };
  const end = await followEvents(
    fetch,
    {
      url: 'https://alpha.example/v1/events',
      token: 'secret',
      lastEventId,
      signal: new AbortController().signal,
    },
    { onAlive: () => (chunks += 1), onEvent: (event) => events.push(event) },
    () => 0,
  );
  return { end, events, chunks, asked };
}

/** A stream that comes in pieces. */
function stream(pieces: readonly string[], { fails = false } = {}): Response {
  const bytes = pieces.map((piece) => new TextEncoder().encode(piece));
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const next = bytes.shift();
      if (next) controller.enqueue(next);
      else if (fails) controller.error(new TypeError('terminated'));
      else controller.close();
    },
  });
  return new Response(body, { headers: STREAM });
}

const NEWS = 'event: decisions\nid: abc\ndata: {"cursor":"abc"}\n\n';

describe('a stream of events', () => {
  it('is asked for with the token in its header and the place up to which everything is known', async () => {
    const { asked } = await followed(stream([]), 'abc');
    const headers = new Headers(asked.init.headers);
    expect(headers.get('authorization')).toBe('Bearer secret');
    expect(headers.get('last-event-id')).toBe('abc');
    expect(asked.url).not.toContain('secret');
    expect(asked.init).toMatchObject({ redirect: 'error', credentials: 'omit', cache: 'no-store' });
    expect(new Headers((await followed(stream([]))).asked.init.headers).has('last-event-id')).toBe(
      false,
    );
  });

  it('tells what it says, however it is cut into pieces, and hears comments as a sign of life', async () => {
    const whole = `: sayso\n\n${NEWS}event: policy\ndata: {"version":"2027-01"}\n\n: \n\n`;
    for (const size of [1, 3, 7, whole.length]) {
      const pieces = whole.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
      const { end, events, chunks } = await followed(stream(pieces));
      expect(events).toEqual([
        { name: 'decisions', data: { cursor: 'abc' } },
        { name: 'policy', data: { version: '2027-01' } },
      ]);
      expect(chunks).toBe(pieces.length);
      expect(end).toEqual({ kind: 'ended' });
    }
  });

  it('passes over what it has not heard of, and half an event at the end', async () => {
    const { end, events } = await followed(
      stream([`event: weather\ndata: {}\n\n${NEWS}event: decisions\ndata: {"cursor":"x`]),
    );
    expect(events).toHaveLength(1);
    expect(end).toEqual({ kind: 'ended' });
  });

  it('is over when it breaks off', async () => {
    const { end, events } = await followed(stream([NEWS], { fails: true }));
    expect([end.kind, events.length]).toEqual(['ended', 1]);
  });

  it.for([
    ['data that is no JSON', 'event: decisions\ndata: {\n\n'],
    ['data in another form', 'event: decisions\ndata: {"cursor":7}\n\n'],
    ['a reason that is none', 'event: session-ended\ndata: {"reason":"<html>"}\n\n'],
    ['a line without an end', `data: ${'x'.repeat(70_000)}`],
    ['an event without an end', 'data: x\n'.repeat(40_000)],
  ])('is not understood with %s, and is told nothing more', async ([, text]) => {
    const { end, events } = await followed(stream([text ?? '', NEWS]));
    expect(end).toEqual({ kind: 'not-understood' });
    expect(events).toEqual([]);
  });
});

describe('no stream of events', () => {
  const page = (status: number, type: string, body: string, more = {}): Response =>
    new Response(body, { status, headers: { 'content-type': type, ...more } });

  it.for<[string, Response, StreamEnd]>([
    ['a page', page(200, 'text/html', '<html>'), { kind: 'not-understood' }],
    ['an answer of another call', page(200, 'application/json', '{}'), { kind: 'not-understood' }],
    ['nothing at this address', page(404, 'text/html', ''), { kind: 'no-service' }],
    ['an answer without content', new Response(null, { status: 204 }), { kind: 'not-understood' }],
    [
      'a service in trouble',
      page(503, 'text/plain', 'busy', { 'retry-after': '7' }),
      { kind: 'server-error', retryAfterMs: 7000 },
    ],
    [
      'a refusal that says which',
      page(
        401,
        'application/problem+json',
        '{"type":"session-ended","title":"Over.","status":401}',
      ),
      {
        kind: 'problem',
        problem: { type: 'session-ended', title: 'Over.', status: 401 },
        retryAfterMs: null,
      },
    ],
    ['a refusal that says nothing', page(401, 'text/html', '<html>'), { kind: 'not-understood' }],
  ])('is %s', async ([, answer, expected]) => {
    const { end, events, chunks } = await followed(answer);
    expect(end).toEqual(expected);
    expect([events.length, chunks]).toEqual([0, 0]);
  });

  it('is a network that is not there', async () => {
    const end = await followEvents(
      () => Promise.reject(new TypeError('fetch failed')),
      { url: '', token: '', lastEventId: '', signal: new AbortController().signal },
      { onAlive: () => undefined, onEvent: () => undefined },
      () => 0,
    );
    expect(end).toEqual({ kind: 'no-network' });
  });
});
