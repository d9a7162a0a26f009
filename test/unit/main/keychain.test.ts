import { describe, expect, it } from 'vitest';
import {
  ANSWER_WITHIN_MS,
  createKeychain,
  KEYCHAIN_SERVICE,
  tokenAccount,
  type KeychainLibrary,
} from '../../../src-main/secrets/keychain.js';
import { manualTimers } from '../../support/client/manual-timers.js';

const HANGS = { ok: false, error: { code: 'not-answering' } };
const FAILS = { ok: false, error: { code: 'unavailable' } };

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A library that answers a call only when the test says so. */
function heldLibrary() {
  const calls: { words: string; answer: (value?: unknown) => void; fail: () => void }[] = [];
  const call = <Value>(words: string): Promise<Value> =>
    new Promise((resolve, reject) => {
      const answer = (value?: unknown): void => resolve(value as Value);
      calls.push({ words, answer, fail: () => reject(new Error('no keyring')) });
    });
  const library: KeychainLibrary = {
    getPassword: (service, account) => call(`get ${service} ${account}`),
    setPassword: (service, account, secret) => call(`set ${service} ${account} ${secret}`),
    deletePassword: (service, account) => call(`delete ${service} ${account}`),
  };
  return { calls, library };
}

function rig(load?: () => Promise<KeychainLibrary>) {
  const held = heldLibrary();
  const timers = manualTimers();
  const readings: boolean[] = [];
  const keychain = createKeychain({
    load: load ?? (() => Promise.resolve(held.library)),
    startTimer: timers.startTimer,
    onReading: (works) => void readings.push(works),
  });
  return { ...held, timers, readings, keychain };
}

describe('the keychain', () => {
  it('passes each call on under the name of the app', async () => {
    const { keychain, calls } = rig();
    const got = keychain.get('a');
    await turn();
    calls[0]?.answer('secret');
    expect(await got).toEqual({ ok: true, value: 'secret' });
    const kept = keychain.set('a', 'new');
    await turn();
    calls[1]?.answer();
    expect(await kept).toEqual({ ok: true, value: null });
    const gone = keychain.delete('a');
    await turn();
    calls[2]?.answer(false);
    expect(await gone).toEqual({ ok: true, value: null });
    expect(calls.map(({ words }) => words)).toEqual([
      `get ${KEYCHAIN_SERVICE} a`,
      `set ${KEYCHAIN_SERVICE} a new`,
      `delete ${KEYCHAIN_SERVICE} a`,
    ]);
    expect(tokenAccount('integro', 'p-1')).toBe('integro/p-1/token');
  });

  it('makes one call at a time, in the order of asking', async () => {
    const { keychain, calls } = rig();
    const answers = [keychain.set('a', '1'), keychain.get('a'), keychain.delete('a')];
    for (const place of [0, 1, 2]) {
      await turn();
      expect(calls).toHaveLength(place + 1);
      calls[place]?.answer(null);
    }
    await Promise.all(answers);
    expect(calls.map(({ words }) => words.split(' ')[0])).toEqual(['set', 'get', 'delete']);
  });

  it('goes on after a call that failed', async () => {
    const { keychain, calls, readings } = rig();
    const first = keychain.get('a');
    const second = keychain.get('a');
    await turn();
    calls[0]?.fail();
    expect(await first).toEqual(FAILS);
    await turn();
    calls[1]?.answer('secret');
    expect(await second).toEqual({ ok: true, value: 'secret' });
    expect(readings).toEqual([false, true]);
  });

  it('waits only so long, and for no call after one that hung', async () => {
    const { keychain, calls, timers, readings } = rig();
    const first = keychain.get('a');
    const second = keychain.delete('a');
    await turn();
    expect(timers.delaysMs()).toEqual([ANSWER_WITHIN_MS]);
    timers.fireAll();
    expect(await first).toEqual(HANGS);
    expect(await second).toEqual(HANGS);
    expect(await keychain.set('a', 'x')).toEqual(HANGS);
    expect(calls).toHaveLength(1);
    expect(readings).toEqual([false]);
    calls[0]?.answer('too late');
    await turn();
    expect(await keychain.get('a')).toEqual(HANGS);
    expect(timers.delaysMs()).toEqual([]);
  });

  it('is unavailable where its library cannot be loaded', async () => {
    const { keychain, readings } = rig(() => Promise.reject(new Error('libsecret is not here')));
    expect(await keychain.get('a')).toEqual(FAILS);
    expect(await keychain.set('a', 'x')).toEqual(FAILS);
    expect(await keychain.delete('a')).toEqual(FAILS);
    expect(readings).toEqual([false, false, false]);
  });

  it('leaves no timer behind', async () => {
    const { keychain, calls, timers } = rig();
    const got = keychain.get('a');
    await turn();
    calls[0]?.answer(null);
    expect(await got).toEqual({ ok: true, value: null });
    expect(timers.delaysMs()).toEqual([]);
  });
});
