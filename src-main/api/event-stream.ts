import { createParser } from 'eventsource-parser';
import type { z } from 'zod';
import {
  eventSchemas,
  problemSchema,
  type ServerEventName,
} from '../../src-shared/api-contract.js';
import { readLimited } from './read-limited.js';
import type { ApiFailure, Fetch } from './request.js';
import { retryAfterMsOf } from './retry-after.js';

/** One event as it was said; its data fits the schema of its name. */
export type ServerEvent = {
  [Name in ServerEventName]: {
    readonly name: Name;
    readonly data: z.infer<(typeof eventSchemas)[Name]>;
  };
}[ServerEventName];

/** Why there is no stream any more; `ended`: there was one, and it broke off or was closed. */
export type StreamEnd = ApiFailure | { readonly kind: 'ended' };

/** What to follow. */
export interface EventsRequest {
  readonly url: string;
  /** Session token; it goes into the Authorization header and nowhere else. */
  readonly token: string;
  /** The place up to which everything is known; events behind it are told again. */
  readonly lastEventId: string;
  /** Ends the stream. */
  readonly signal: AbortSignal;
}

/** What is told while a stream lasts. */
export interface EventsListener {
  /** Something came, be it only a comment: whoever is there still speaks. */
  onAlive(): void;
  onEvent(event: ServerEvent): void;
}

/** More than one event can ever need; a line without an end is no stream of ours. */
const MOST_CHARACTERS = 64 * 1024;
const MOST_PROBLEM_BYTES = 64 * 1024;

/**
 * Follows a stream of server-sent events (WHATWG HTML, section 9.2) until it ends. Events of other names are passed over, as
 * a newer service may have more of them; one of a known name that is not in its form ends the stream.
 */
export async function followEvents(
  fetch: Fetch,
  { url, token, lastEventId, signal }: EventsRequest,
  listener: EventsListener,
  nowMs: () => number,
): Promise<StreamEnd> {
  try {
    const response = await fetch(url, {
      method: 'GET',
      headers: {
        accept: 'text/event-stream, application/problem+json',
        authorization: `Bearer ${token}`,
        ...(lastEventId === '' ? {} : { 'last-event-id': lastEventId }),
      },
      credentials: 'omit',
      redirect: 'error',
      cache: 'no-store',
      signal,
    });
    const type = response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
    if (response.status === 200 && type === 'text/event-stream') {
      return await readStream(response, listener);
    }
    return await failureIn(response, type, retryAfterMsOf(response.headers, nowMs()));
  } catch {
    return { kind: 'no-network' };
  }
}

async function readStream(response: Response, listener: EventsListener): Promise<StreamEnd> {
  const state = { isUnderstood: true };
  const parser = createParser({
    maxBufferSize: MOST_CHARACTERS,
    onEvent({ event, data }) {
      const read = state.isUnderstood ? eventOf(event ?? '', data) : null;
      if (read === 'malformed') state.isUnderstood = false;
      else if (read) listener.onEvent(read);
    },
    onError({ type }) {
      if (type === 'max-buffer-size-exceeded') state.isUnderstood = false;
    },
  });
  if (!response.body) return { kind: 'ended' };
  const reader = response.body.getReader();
  const decoder = new TextDecoder('utf-8');
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return { kind: 'ended' };
      listener.onAlive();
      parser.feed(decoder.decode(value, { stream: true }));
      if (!state.isUnderstood) {
        await reader.cancel();
        return { kind: 'not-understood' };
      }
    }
  } catch {
    return { kind: 'ended' };
  }
}

function eventOf(name: string, data: string): ServerEvent | 'malformed' | null {
  if (!Object.hasOwn(eventSchemas, name)) return null;
  const known = name as ServerEventName;
  try {
    const parsed = eventSchemas[known].safeParse(JSON.parse(data));
    return parsed.success ? ({ name: known, data: parsed.data } as ServerEvent) : 'malformed';
  } catch {
    return 'malformed';
  }
}

async function failureIn(
  response: Response,
  type: string | undefined,
  retryAfterMs: number | null,
): Promise<ApiFailure> {
  const { status } = response;
  const text = await readLimited(response, MOST_PROBLEM_BYTES);
  if (status >= 500) return { kind: 'server-error', retryAfterMs };
  if (status === 404) return { kind: 'no-service' };
  if (status < 400 || text === null || type !== 'application/problem+json') {
    return { kind: 'not-understood' };
  }
  try {
    const problem = problemSchema.safeParse(JSON.parse(text));
    return problem.success
      ? { kind: 'problem', problem: problem.data, retryAfterMs }
      : { kind: 'not-understood' };
  } catch {
    return { kind: 'not-understood' };
  }
}
