import type { CustomFetch } from 'openid-client';
import { ANSWER_WITHIN_MS, readLimited, type Fetch } from '../../api/index.js';

/** No answer came that could be read. A TypeError as every `fetch` throws it, so that the client library passes it on. */
export class ProviderAwayError extends TypeError {
  constructor(cause: unknown) {
    super('the provider cannot be reached', { cause });
    this.name = 'ProviderAwayError';
  }
}

/** Metadata and tokens are small; what is larger is neither. */
const LONGEST_ANSWER_BYTES = 256 * 1024;
/** Statuses that a `Response` must not have a body with. */
const WITHOUT_BODY = [204, 205, 304];

/**
 * The app's own network for the client library: through the system's proxy, without cookies or cache, limited in time and size,
 * and never on to another address than the one that was asked.
 */
export function providerFetch(fetch: Fetch): CustomFetch {
  return async (url, { body, headers, method }) => {
    try {
      const answer = await fetch(url, {
        method,
        headers,
        credentials: 'omit',
        redirect: 'error',
        cache: 'no-store',
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
        ...(body instanceof URLSearchParams ? { body: body.toString() } : {}),
      });
      const text = await readLimited(answer, LONGEST_ANSWER_BYTES);
      if (text === null) throw new RangeError('the answer is too long');
      const { status, headers: answered } = answer;
      const whole = WITHOUT_BODY.includes(status) ? null : text;
      return new Response(whole, { status, headers: new Headers(answered) });
    } catch (error) {
      throw new ProviderAwayError(error);
    }
  };
}
