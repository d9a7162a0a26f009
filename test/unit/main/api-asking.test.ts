import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import {
  ANSWER_WITHIN_MS,
  request,
  type ApiRequest,
  type Fetch,
} from '../../../src-main/api/request.js';

const JSON_TYPE = { 'content-type': 'application/json' };
const schema = z.object({ ended: z.boolean() });
const URL = 'https://alpha.example/v1/x';

describe('no answer', () => {
  const asking: ApiRequest<{ ended: boolean }> = { method: 'GET', url: URL, schema };

  it('is no network, also when it breaks off in the middle', async () => {
    const refused: Fetch = () => Promise.reject(new TypeError('fetch failed'));
    expect(await request(refused, asking)).toEqual({ ok: false, error: { kind: 'no-network' } });
    const broken = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.error(new TypeError('terminated'));
      },
    });
    const breaking: Fetch = () => Promise.resolve(new Response(broken, { headers: JSON_TYPE }));
    expect(await request(breaking, asking)).toEqual({
      ok: false,
      error: { kind: 'no-network' },
    });
  });

  it('is waited for only so long, before the headers and after them', async () => {
    for (const headersCome of [false, true]) {
      const limit = new AbortController();
      const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(limit.signal);
      const silent: Fetch = (_, { signal }) =>
        new Promise((resolve, reject) => {
          const tooLong = new DOMException('too long', 'TimeoutError');
          const body = new ReadableStream<Uint8Array>({
            start(controller) {
              signal?.addEventListener('abort', () => controller.error(tooLong));
            },
          });
          if (headersCome) resolve(new Response(body, { headers: JSON_TYPE }));
          else signal?.addEventListener('abort', () => reject(tooLong));
        });
      const answer = request(silent, asking);
      limit.abort();
      expect(await answer).toEqual({ ok: false, error: { kind: 'no-network' } });
      expect(timeout).toHaveBeenCalledExactlyOnceWith(ANSWER_WITHIN_MS);
      timeout.mockRestore();
    }
  });
});

describe('what is asked', () => {
  async function sent(more: Partial<ApiRequest<{ ended: boolean }>>): Promise<RequestInit> {
    const inits: RequestInit[] = [];
    await request(
      (_, init) => {
        inits.push(init);
        return Promise.reject(new TypeError());
      },
      { method: 'GET', url: URL, schema, ...more },
    );
    return inits[0] ?? {};
  }

  it('follows no redirect, keeps nothing and brings no cookies', async () => {
    expect(await sent({})).toMatchObject({
      redirect: 'error',
      cache: 'no-store',
      credentials: 'omit',
    });
  });

  it('carries the token in the Authorization header and nowhere else', async () => {
    const token = 't'.repeat(43);
    const init = await sent({ token, body: { a: 1 }, method: 'POST' });
    expect(new Headers(init.headers).get('authorization')).toBe(`Bearer ${token}`);
    expect(new Headers(init.headers).get('content-type')).toBe('application/json');
    expect(init.body).toBe('{"a":1}');
    expect(new Headers((await sent({})).headers).has('authorization')).toBe(false);
  });
});
