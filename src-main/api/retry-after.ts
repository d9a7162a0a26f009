/** Nobody waits longer than this because a server said so. */
const LONGEST_WAIT_MS = 60 * 60 * 1000;

/** Only the form that a sender may use today (RFC 9110, section 5.6.7); `Date.parse` alone would take almost anything. */
const HTTP_DATE =
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** The moment that a header names, milliseconds since 1970; null where it is no HTTP-date. */
export function httpDateMs(value: string | null): number | null {
  if (value === null || !HTTP_DATE.test(value)) return null;
  const ms = Date.parse(value);
  return Number.isNaN(ms) ? null : ms;
}

/**
 * What `Retry-After` asks for, in milliseconds from now, at most an hour; null where it asks for nothing. It is a number of
 * seconds or a date (RFC 9110, section 10.2.3). A date is read by the clock of the server that wrote it, where it told that.
 * @param nowMs this device's clock.
 */
export function retryAfterMsOf(headers: Headers, nowMs: number): number | null {
  const asked = headers.get('retry-after') ?? '';
  if (/^\d+$/.test(asked)) return Math.min(Number(asked) * 1000, LONGEST_WAIT_MS);
  const untilMs = httpDateMs(asked);
  if (untilMs === null) return null;
  const serverNowMs = httpDateMs(headers.get('date')) ?? nowMs;
  return Math.min(Math.max(untilMs - serverNowMs, 0), LONGEST_WAIT_MS);
}
