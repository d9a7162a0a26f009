import { describe, expect, it } from 'vitest';
import { httpDateMs, retryAfterMsOf } from '../../../src-main/api/retry-after.js';

const NOW_MS = Date.parse('2026-11-22T10:00:00.000Z');
const IN_TWO_MINUTES = 'Sun, 22 Nov 2026 10:02:00 GMT';

function asked(headers: Record<string, string>): number | null {
  return retryAfterMsOf(new Headers(headers), NOW_MS);
}

describe('Retry-After', () => {
  it('is a number of seconds', () => {
    expect(asked({ 'retry-after': '120' })).toBe(120_000);
    expect(asked({ 'retry-after': '0' })).toBe(0);
  });

  it('is a date, by the clock of the server where it tells that, else by ours', () => {
    expect(asked({ 'retry-after': IN_TWO_MINUTES })).toBe(120_000);
    const date = 'Sun, 22 Nov 2026 10:01:30 GMT';
    expect(asked({ 'retry-after': IN_TWO_MINUTES, date })).toBe(30_000);
  });

  it('is nothing when the date has passed, and an hour at most', () => {
    expect(asked({ 'retry-after': 'Sun, 22 Nov 2026 09:00:00 GMT' })).toBe(0);
    expect(asked({ 'retry-after': 'Mon, 23 Nov 2026 10:00:00 GMT' })).toBe(3_600_000);
    expect(asked({ 'retry-after': '999999999999999999999' })).toBe(3_600_000);
  });

  it.for(['', '-5', '1.5', 'soon', '2026-11-22', '2026-11-22T10:02:00Z', 'Sun, 99 Nov 2026'])(
    'is no wish at all when it says "%s"',
    (value) => {
      expect(asked({ 'retry-after': value })).toBeNull();
    },
  );

  it('is no wish where there is none', () => {
    expect(asked({})).toBeNull();
  });
});

describe('an HTTP-date', () => {
  it('is the moment it names, and nothing else is one', () => {
    expect(httpDateMs('Sun, 22 Nov 2026 10:00:00 GMT')).toBe(NOW_MS);
    expect(httpDateMs(null)).toBeNull();
    expect(httpDateMs('Sun, 22 Nov 2026 10:00:00 CET')).toBeNull();
    expect(httpDateMs('Sun, 45 Nov 2026 10:00:00 GMT')).toBeNull();
  });
});
