import { describe, expect, test } from 'vitest';
import { passwordFaults } from '../../../src-renderer/account/password-faults.js';
import {
  accountFailureWords,
  leaveFailureWords,
  type AccountAct,
} from '../../../src-renderer/text/account-failure-words.js';
import { dayWords } from '../../../src-renderer/text/dates.js';
import { asOfWords, deviceWords, unsentWords } from '../../../src-renderer/text/device-words.js';
import { momentWords } from '../../../src-shared/text/moments.js';
import type { AccountFailure } from '../../../src-shared/failures.js';
import { english } from '../../support/english.js';
import { text } from './samples.js';

const account = english.account;
const texts = {
  text,
  account,
  days: dayWords('en-GB'),
  moments: momentWords('en-GB', 'UTC'),
};
const said = (failure: AccountFailure, act: AccountAct): string =>
  accountFailureWords(failure, act, 'Integro', texts);

describe('why the service did not do something', () => {
  test('never says that nothing changed where something may have', () => {
    for (const code of ['no-network', 'server-error', 'not-understood'] as const) {
      expect(said({ code }, 'password')).toContain('The new password may hold already.');
      expect(said({ code }, 'remove')).toContain('The account may be gone already.');
      expect(said({ code }, 'end')).toContain('The session may still be open.');
    }
    expect(said({ code: 'too-many-requests', waitMs: null }, 'password')).toContain(
      'The password is as it was.',
    );
    expect(said({ code: 'session-expired' }, 'remove')).toContain('Nothing was deleted.');
  });

  test('says how long to wait, in whole minutes and at least one', () => {
    const wait = (waitMs: number | null) => said({ code: 'too-many-requests', waitMs }, 'password');
    expect(wait(90_000)).toMatch(/Try again in 2 minutes\.$/);
    expect(wait(200)).toMatch(/Try again in 1 minute\.$/);
    expect(wait(null)).toMatch(/Try again later\.$/);
  });

  test('ends every sentence, for every failure of every act', () => {
    const codes = [
      'unknown-service',
      'not-signed-in',
      'session-expired',
      'session-ended',
      'wrong-password',
      'malformed-password',
      'no-network',
      'server-error',
      'not-understood',
      'no-service',
    ] as const;
    for (const act of ['list', 'end', 'password', 'remove'] as const) {
      for (const code of codes) expect(said({ code }, act)).toMatch(/^[A-Z].*\.$/);
      expect(said({ code: 'not-saved', cause: 'full' }, act)).toContain('the disk is full');
    }
  });

  test('says of a locked key that everything is off and nobody is signed out', () => {
    const words = leaveFailureWords({ code: 'key-locked' }, 'Integro', texts);
    expect(words).toContain('Everything optional is off here, and you are still signed in');
    expect(leaveFailureWords({ code: 'not-saved', cause: 'full' }, 'Integro', texts)).toContain(
      'Your refusal is not kept yet.',
    );
  });
});

describe('a device', () => {
  const nowMs = Date.parse('2026-11-22T12:00:00.000Z');
  const device = { id: 'one', name: 'Linux', isThis: false, signedInAt: '2026-11-02T08:00:00Z' };

  test('was last used today at a time, or on another day', () => {
    const today = { ...device, lastUsedAt: '2026-11-22T09:30:00Z' };
    expect(deviceWords(today, nowMs, texts)).toBe(
      'Last used today at 09:30 · signed in since 2 November 2026',
    );
    const before = { ...device, lastUsedAt: '2026-11-20T09:30:00Z' };
    expect(deviceWords(before, nowMs, texts)).toContain('Last used 20 Nov 2026, 09:30');
  });

  test('list that could not be read again says since when it is known and why', () => {
    const heard = { devices: [], asOf: '2026-11-22T09:30:00Z', problem: null };
    expect(asOfWords(heard, 'Integro', nowMs, texts)).toBe(null);
    const old = { ...heard, problem: { code: 'no-network' } as const };
    expect(asOfWords(old, 'Integro', nowMs, texts)).toMatch(
      /^As of today at 09:30\. No answer came from Integro\./,
    );
    const older = { ...old, asOf: '2026-11-20T09:30:00Z' };
    expect(asOfWords(older, 'Integro', nowMs, texts)).toMatch(/^As of 20 Nov 2026, 09:30\./);
  });
});

test('what is unsent says what is discarded and what still goes out, each only where there is any', () => {
  const all = unsentWords({ waiting: 3, grants: 2 }, 'Integro', account);
  expect(all).toContain('3 choices have not reached Integro.');
  expect(all).toContain('2 permissions are discarded');
  expect(all).toContain('Refusals still go out');
  expect(unsentWords({ waiting: 1, grants: 1 }, 'Integro', account)).not.toContain('Refusals');
  expect(unsentWords({ waiting: 1, grants: 0 }, 'Integro', account)).not.toContain('discarded');
});

test('what was typed for a new password is looked at before anything is sent', () => {
  expect(passwordFaults('', 'short')).toEqual({ current: 'missing', next: 'short' });
  expect(passwordFaults('old password', 'old password')).toEqual({ current: null, next: 'same' });
  expect(passwordFaults('old password', 'new password')).toEqual({ current: null, next: null });
});
