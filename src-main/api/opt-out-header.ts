import type { Fetch } from './request.js';

/**
 * Sends `Sec-GPC: 1` with every request while the person has switched the opt-out signal on, and nothing else ever (Global
 * Privacy Control, section 3.1: the only value is `1`).
 */
export function withOptOutHeader(fetch: Fetch, isOn: () => boolean): Fetch {
  return (url, init) => {
    if (!isOn()) return fetch(url, init);
    const headers = { ...(init.headers as Record<string, string> | undefined), 'sec-gpc': '1' };
    return fetch(url, { ...init, headers });
  };
}
