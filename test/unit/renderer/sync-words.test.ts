import { describe, expect, test } from 'vitest';
import {
  allowedPurposes,
  itemState,
  saidWords,
  stateWords,
  tryWords,
} from '../../../src-renderer/text/sync-words.js';
import { momentWords } from '../../../src-shared/text/moments.js';
import { purposeName } from '../../../src-renderer/text/purpose-name.js';
import { english } from '../../support/english.js';
import type { SubjectView, SyncView } from '../../../src-shared/views.js';
import { serviceView, syncView, text } from './samples.js';

const sync = english.sync;
const { list } = momentWords('en-GB', 'UTC');
const SIGNED_IN: SubjectView = {
  kind: 'signed-in',
  email: null,
  remembered: true,
  expiresAt: '2026-12-22T00:00:00.000Z',
};

describe('how things stand', () => {
  const said = (part: Partial<SyncView>, subject: SubjectView = SIGNED_IN): string =>
    stateWords(serviceView({ subject }), { sync: syncView(part) }, text, sync);

  test('is that everything arrived only where everything did', () => {
    expect(said({ state: 'synced' })).toBe('Everything you said here has reached Integro.');
    for (const part of [
      { state: 'waiting', waiting: 1 },
      { state: 'offline' },
      { state: 'offline', problem: 'no-network' },
      { state: 'error', problem: 'refused' },
    ] as const) {
      expect(said(part)).not.toMatch(/reached Integro/);
      expect(said(part)).toMatch(/\.$/);
    }
  });

  test('is whose choices they are before anything about the network', () => {
    const offline = { state: 'offline', problem: 'no-network' } as const;
    expect(said(offline, { kind: 'signed-out' })).toMatch(/^You are signed out/);
    expect(said(offline, { kind: 'unlocking' })).toMatch(/^The system keychain/);
    expect(said({ problem: 'session-expired' }, { kind: 'expired' })).toMatch(
      /^Your session ended\. Refusals still go out/,
    );
  });
});

describe('what waits', () => {
  const names: Readonly<Record<string, string>> = { analytics: 'Analytics', ads: 'Advertising' };
  const said = (choices: Readonly<Record<string, 'granted' | 'denied'>>, notice = false): string =>
    saidWords({ choices }, (id) => names[id] ?? id, notice, sync, list);

  test.each([
    [{ analytics: 'granted' }, 'You allowed Analytics'],
    [{ analytics: 'denied', ads: 'denied' }, 'You refused Analytics and Advertising'],
    [{ analytics: 'granted', ads: 'denied' }, 'You allowed Analytics. You refused Advertising'],
    [{ '*': 'denied' }, 'You refused everything'],
    [{ unknown: 'denied' }, 'You refused unknown'],
  ] as const)('%j reads "%s"', (choices, words) => {
    expect(said(choices)).toBe(words);
  });

  test('nothing said is an acknowledgement where there is a notice, else something erased', () => {
    expect(said({}, true)).toBe('You acknowledged the notice');
    expect(said({})).toBe('Something you erased');
  });

  test.each([
    ['waiting', false, 'Waiting', 'up'],
    ['waiting', true, 'Waits for your sign-in', 'me'],
    ['sending', false, 'Sending', 'up'],
    ['refused', false, 'Not taken', 'broken'],
  ] as const)('%s, sign-in needed %s: %s', (state, needsSignIn, word, shape) => {
    expect(itemState({ state, needsSignIn }, sync)).toEqual({ word, shape });
  });

  test('only what was allowed is to be chosen again', () => {
    expect(allowedPurposes({ choices: { a: 'denied', b: 'granted' } })).toEqual(['b']);
    expect(allowedPurposes({ choices: { '*': 'denied' } })).toEqual([]);
  });
});

test('every end of a try has words of its own', () => {
  const problems = [
    'none',
    'no-network',
    'server-error',
    'not-understood',
    'no-service',
    'refused',
    'session-expired',
  ] as const;
  expect(new Set(problems.map((problem) => tryWords(problem, sync))).size).toBe(problems.length);
});

test('a purpose is called what the policy calls it, and by its id where there is none', () => {
  expect(purposeName({ state: 'reading' }, 'analytics')).toBe('analytics');
  const label = { purposes: [{ id: 'analytics', name: 'Analytics' }] };
  const reading = { state: 'read', policy: { label } } as unknown as Parameters<
    typeof purposeName
  >[0];
  expect(purposeName(reading, 'analytics')).toBe('Analytics');
  expect(purposeName(reading, 'other')).toBe('other');
});
