import { describe, expect, test } from 'vitest';
import { overruledWords } from '../../../src-renderer/text/overruled-words.js';
import { serviceLine } from '../../../src-renderer/text/service-line.js';
import { clockWords, suspectWords } from '../../../src-renderer/text/standing-words.js';
import { purposeView, serviceView, text, words } from './samples.js';

const refusedAt = '2026-11-16T12:00:00Z';
const grantedAt = '2026-11-17T12:00:00Z';
const overruled = { state: 'denied', since: refusedAt, overruledGrantAt: grantedAt } as const;
const said = (part: Parameters<typeof purposeView>[0]): string | null =>
  overruledWords(purposeView({ ...overruled, ...part }), 'Analytics', words);

describe('a yes that a refusal had not seen', () => {
  test('is told with where and when it was refused', () => {
    expect(said({ saidHere: false })).toBe(
      'Refused on another device on Monday 16 November 2026, so Analytics stays off.',
    );
    expect(said({ saidHere: true })).toBe(
      'Refused on this device on Monday 16 November 2026, so Analytics stays off, ' +
        'although it was allowed elsewhere on Tuesday 17 November 2026.',
    );
  });

  test.each([
    ['nothing was overruled', { overruledGrantAt: null }],
    ['it is on by now', { state: 'granted' }],
    ['it has ended', { state: 'expired' }],
    ['nobody knows when it was refused', { since: null }],
    ['this device holds it on its own', { heldByDevice: true }],
  ] as const)('is not asked about where %s', (_, part) => {
    expect(said(part)).toBeNull();
  });
});

describe('a ledger that is not believed', () => {
  test.each([
    ['older', /Integro is older than/],
    ['changed', /Integro was changed/],
    ['forked', /two different records of your choices for Integro/],
    ['foreign', /Integro comes from another Sayso profile/],
    ['unreadable', /Integro cannot be read/],
    [null, /Integro cannot be read/],
  ] as const)(
    'because it is %s: what happened, that all is off, what to do',
    (reason, happened) => {
      const told = suspectWords(serviceView({ ledger: { state: 'suspect', reason } }), text);
      expect(told).toMatch(happened);
      expect(told).toContain('everything optional is off');
      expect(told).toContain('Starting over');
    },
  );

  test('says so in the rail too', () => {
    const ledger = { state: 'suspect', reason: 'changed' } as const;
    expect(serviceLine(serviceView({ ledger }), text)).toBe('Needs a look · synced');
  });

  test.each(['checking', 'sound', 'unanchored'] as const)('is not one that is %s', (state) => {
    const service = serviceView({ ledger: { state, reason: null } });
    expect(suspectWords(service, text)).toBeNull();
    expect(serviceLine(service, text)).toBe('Not decided · synced');
  });
});

test.each([
  ['behind', /clock is behind/, /what has ended stays off/],
  ['ahead', /clock is ahead/, /ends sooner than it should/],
] as const)('a clock that is %s: what it means and what to do', (clock, what, means) => {
  const told = clockWords(clock, text);
  expect(told).toMatch(what);
  expect(told).toMatch(means);
  expect(told).toMatch(/Set date and time in the system settings\.$/);
});

test('a clock that can be believed is not spoken of', () => {
  expect(clockWords('fine', text)).toBeNull();
});
