import { expect, test } from 'vitest';
import { isAnew } from '../../../src-main/session/browser/anew.js';
import { failureOf } from '../../../src-main/session/browser/failure.js';

const NOW_S = 1_800_000_000;

test.each([
  ['for the question', { signedIn: -2, elapsedMs: 5000 }, true],
  ['at the moment of the question, seconds cut off', { signedIn: -6, elapsedMs: 5000 }, true],
  ['before the question', { signedIn: -7, elapsedMs: 5000 }, false],
  ['a year before it', { signedIn: -31_536_000, elapsedMs: 300_000 }, false],
  ['before it, while the clock here was turned back', { signedIn: -7, elapsedMs: -9000 }, false],
])('somebody who signed in %s', (_when, { signedIn, elapsedMs }, expected) => {
  expect(isAnew({ iat: NOW_S, auth_time: NOW_S + signedIn }, elapsedMs)).toBe(expected);
});

test('a token that does not say when is none of just now', () => {
  expect(isAnew({ iat: NOW_S }, 300_000)).toBe(false);
});

test('a provider that will not have anybody sign in anew says so in its own word', () => {
  expect(failureOf(Object.assign(new Error('no'), { error: 'login_required' }))).toEqual({
    code: 'not-fresh',
  });
});
