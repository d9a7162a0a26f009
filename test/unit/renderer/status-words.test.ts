import { describe, expect, test } from 'vitest';
import { statusLine } from '../../../src-renderer/text/status-words.js';
import { serviceView, syncView, text } from './samples.js';

function lineOf(sync: Parameters<typeof syncView>[0], justSaved = false) {
  return statusLine(serviceView({ sync: syncView(sync) }), justSaved, text);
}

describe('the status by the first that holds', () => {
  test('just saved comes before what waits, and still counts it', () => {
    const line = lineOf({ state: 'waiting', waiting: 2, problem: 'no-network' }, true);
    expect(line).toMatchObject({ state: 'saved', phrase: 'Saved on this device', waiting: 2 });
  });

  test('just saved is said signed out too', () => {
    expect(lineOf({ state: 'local' }, true).phrase).toBe('Saved on this device');
  });

  test.each(['offline', 'error', 'synced'] as const)('what waits comes before %s', (state) => {
    const line = lineOf({ state, waiting: 1 });
    expect(line).toMatchObject({ state: 'waiting', phrase: 'Waiting to sync (1)', waiting: 1 });
  });

  test.each([
    [{ state: 'offline', problem: 'no-network' }, 'Offline'],
    [{ state: 'synced' }, 'Synced'],
    [{ state: 'local' }, 'On this device only'],
    [{ state: 'error', problem: 'server-error' }, 'The service has a problem'],
    [{ state: 'error', problem: 'not-understood' }, 'Something else answered'],
    [{ state: 'error', problem: 'no-service' }, 'This service takes no sync'],
    [{ state: 'error', problem: 'refused' }, 'The service refused a choice'],
    [{ state: 'error', problem: 'session-expired' }, 'Session ended'],
  ] as const)('%o reads "%s"', (sync, phrase) => {
    expect(lineOf(sync)).toMatchObject({ state: sync.state, phrase, waiting: 0 });
  });

  test('without a usable service there is nothing to say', () => {
    expect(statusLine(null, false, text)).toEqual({
      state: 'local',
      waiting: 0,
      phrase: '',
      detail: '',
      isUnderWay: false,
      remedy: null,
    });
  });
});

describe('what one press can do', () => {
  test.each([
    [{ waiting: 1 }, 'try'],
    [{ state: 'offline', problem: 'no-network' }, 'try'],
    [{ state: 'error', problem: 'server-error' }, 'try'],
    [{ waiting: 1, problem: 'refused' }, 'try'],
    [{ state: 'synced' }, null],
    [{ state: 'local' }, null],
    // Pressing would change nothing: there is no service to ask, or it wants to know first who asks.
    [{ state: 'error', problem: 'no-service' }, null],
    [{ waiting: 1, problem: 'no-service' }, null],
    [{ waiting: 1, problem: 'session-expired' }, 'sign-in'],
    // What was refused is not sent again: it is looked at.
    [{ state: 'error', problem: 'refused' }, 'look'],
  ] as const)('%o: %s', (sync, remedy) => {
    expect(lineOf(sync).remedy).toBe(remedy);
  });
});

test('a session that ended is one press away from the next, and says what still goes out', () => {
  const line = lineOf({ state: 'waiting', waiting: 1, problem: 'session-expired' });
  expect(line).toMatchObject({ remedy: 'sign-in' });
  expect(line.detail).toBe('Your session ended. Refusals still go out; what you allowed waits.');
});

test.each(['no-network', 'server-error', 'not-understood', 'no-service', 'refused'] as const)(
  '%s is explained while something waits',
  (problem) => {
    expect(lineOf({ state: 'waiting', waiting: 1, problem }).detail).not.toBe('');
  },
);

test('what is on its way and has met no trouble is explained, but only when it lasts', () => {
  const line = lineOf({ state: 'waiting', waiting: 1 });
  expect(line).toMatchObject({ isUnderWay: true, remedy: 'try' });
  expect(line.detail).toMatch(/^On its way/);
  expect(lineOf({ state: 'waiting', waiting: 1, problem: 'no-network' }).isUnderWay).toBe(false);
});
