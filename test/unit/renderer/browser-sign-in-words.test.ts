import { expect, test } from 'vitest';
import { browserSignInWords } from '../../../src-renderer/text/browser-sign-in-words.js';
import type { BrowserSignInFailure } from '../../../src-shared/failures.js';
import { english } from '../../support/english.js';

const said = (code: Exclude<BrowserSignInFailure['code'], 'not-saved'>): string | null =>
  browserSignInWords({ code }, { service: 'Integro', host: 'login.example' }, english);

test('each end of a sign-in by the browser says what happened and what to do, and one that the person wanted says nothing', () => {
  expect(said('cancelled')).toBeNull();
  const ends = [
    'denied',
    'timed-out',
    'no-browser',
    'provider-unreachable',
    'provider-odd',
    'clock-wrong',
    'bad-credentials',
    'no-network',
  ] as const;
  const words = ends.map(said);
  expect(new Set(words).size).toBe(ends.length);
  for (const sentence of words) expect(sentence).toMatch(/\. .*\./);
  expect(said('provider-unreachable')).toContain('login.example');
  expect(said('bad-credentials')).not.toContain('password');
});
