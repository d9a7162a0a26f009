import { describe, expect, it } from 'vitest';
import {
  ANSWER_WITHIN_MS,
  createKeychain,
  LOOK_WITHIN_MS,
} from '../../../src-main/secrets/keychain.js';
import { KEYCHAIN_SERVICE, tokenAccount } from '../../../src-main/secrets/names.js';
import type {
  KeychainEntry,
  KeychainLibrary,
  KeychainProbe,
  KeychainReading,
} from '../../../src-main/secrets/types.js';
import type { KeychainView } from '../../../src-shared/views.js';
import { manualTimers } from '../../support/client/manual-timers.js';

const failedAs = (code: string) => ({ ok: false, error: { code } });
const KEPT = { ok: true, value: null };

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
    findCredentials: (service) => call(`find ${service}`),
  };
  return { calls, library };
}

/** A look from outside that says what the test says; `never` looks for ever. */
function heldProbe() {
  const probe = {
    reading: 'open' as KeychainReading | 'never',
    asked: 0,
    entries: null as readonly KeychainEntry[] | null,
    /** What the person's answer to the system's question comes to. */
    afterAsking: 'open' as KeychainReading,
  };
  const given: KeychainProbe = {
    look: () =>
      probe.reading === 'never' ? new Promise(() => undefined) : Promise.resolve(probe.reading),
    askToUnlock() {
      probe.asked += 1;
      probe.reading = probe.afterAsking;
      return Promise.resolve();
    },
    entries: () => Promise.resolve(probe.entries),
  };
  return { probe, given };
}

function rig({
  withProbe = false,
  load,
  reload,
}: {
  withProbe?: boolean;
  load?: () => Promise<KeychainLibrary>;
  reload?: () => Promise<KeychainLibrary>;
} = {}) {
  const held = heldLibrary();
  const timers = manualTimers();
  const readings: KeychainView[] = [];
  const { probe, given } = heldProbe();
  const keychain = createKeychain({
    load: load ?? (() => Promise.resolve(held.library)),
    startTimer: timers.startTimer,
    onReading: (state) => void readings.push(state),
    ...(withProbe ? { probe: given } : {}),
    ...(reload ? { reload } : {}),
  });
  return { ...held, timers, readings, keychain, probe };
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
    expect(await kept).toEqual(KEPT);
    const gone = keychain.delete('a');
    await turn();
    calls[2]?.answer(false);
    expect(await gone).toEqual(KEPT);
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
    expect(await first).toEqual(failedAs('denied'));
    await turn();
    calls[1]?.answer('secret');
    expect(await second).toEqual({ ok: true, value: 'secret' });
    expect(readings).toEqual(['denied', 'available']);
  });

  it('waits only so long, and for no call after one that hung', async () => {
    const { keychain, calls, timers, readings } = rig();
    const first = keychain.get('a');
    const second = keychain.delete('a');
    await turn();
    expect(timers.delaysMs()).toEqual([ANSWER_WITHIN_MS]);
    timers.fireAll();
    expect(await first).toEqual(failedAs('hanging'));
    expect(await second).toEqual(failedAs('hanging'));
    expect(await keychain.set('a', 'x')).toEqual(failedAs('hanging'));
    expect(calls).toHaveLength(1);
    expect(readings).toEqual(['hanging']);
    calls[0]?.answer('too late');
    await turn();
    expect(await keychain.get('a')).toEqual(failedAs('hanging'));
    expect(timers.delaysMs()).toEqual([]);
  });

  it('is absent where its library cannot be loaded', async () => {
    const { keychain, readings } = rig({ load: () => Promise.reject(new Error('no libsecret')) });
    expect(await keychain.get('a')).toEqual(failedAs('absent'));
    expect(await keychain.set('a', 'x')).toEqual(failedAs('absent'));
    expect(await keychain.delete('a')).toEqual(failedAs('absent'));
    expect(readings).toEqual(['absent']);
  });

  it('leaves no timer behind', async () => {
    const { keychain, calls, timers } = rig({ withProbe: true });
    const got = keychain.get('a');
    await turn();
    calls[0]?.answer(null);
    expect(await got).toEqual({ ok: true, value: null });
    await turn();
    expect(timers.delaysMs()).toEqual([]);
  });
});

describe('the keychain, looked at from outside', () => {
  it.each([
    ['locked', 'locked'],
    ['no-collection', 'locked'],
    ['absent', 'absent'],
    ['denied', 'denied'],
    ['hanging', 'hanging'],
  ] as const)('that is %s is not asked for anything', async (reading, code) => {
    const { keychain, calls, probe, readings } = rig({ withProbe: true });
    probe.reading = reading;
    expect(await keychain.get('a')).toEqual(failedAs(code));
    expect(await keychain.set('a', 'x')).toEqual(failedAs(code));
    expect(await keychain.delete('a')).toEqual(failedAs(code));
    expect(calls).toEqual([]);
    expect(readings).toEqual([code]);
    expect(keychain.state()).toBe(code);
  });

  it('that does not even say how it stands hangs, and no thread is risked for it', async () => {
    const { keychain, calls, probe, timers } = rig({ withProbe: true });
    probe.reading = 'never';
    const got = keychain.get('a');
    await turn();
    expect(timers.delaysMs()).toEqual([LOOK_WITHIN_MS]);
    timers.fireAll();
    expect(await got).toEqual(failedAs('hanging'));
    expect(calls).toEqual([]);
    probe.reading = 'open';
    const again = keychain.get('a');
    await turn();
    calls[0]?.answer('secret');
    expect(await again).toEqual({ ok: true, value: 'secret' });
  });

  it('is not believed to hold nothing when it was locked meanwhile', async () => {
    for (const [call, answer] of [
      ['get', null],
      ['delete', false],
    ] as const) {
      const { keychain, calls, probe } = rig({ withProbe: true });
      const outcome = keychain[call]('a');
      await turn();
      probe.reading = 'locked';
      calls[0]?.answer(answer);
      expect(await outcome).toEqual(failedAs('locked'));
    }
  });

  it('has died when it is gone after a call that failed, and stays so until it is back', async () => {
    const { keychain, calls, probe, readings } = rig({ withProbe: true });
    const got = keychain.get('a');
    await turn();
    probe.reading = 'absent';
    calls[0]?.fail();
    expect(await got).toEqual(failedAs('died'));
    expect(await keychain.get('a')).toEqual(failedAs('died'));
    expect(await keychain.tryAgain(false)).toBe('died');
    probe.reading = 'open';
    expect(await keychain.tryAgain(false)).toBe('available');
    expect(readings).toEqual(['died', 'available']);
  });

  it('has died when it is back, and fails all the same', async () => {
    const { keychain, calls } = rig({ withProbe: true });
    const got = keychain.get('a');
    await turn();
    calls[0]?.fail();
    expect(await got).toEqual(failedAs('denied'));
    const worked = keychain.get('a');
    await turn();
    calls[1]?.answer('secret');
    expect(await worked).toEqual({ ok: true, value: 'secret' });
    const again = keychain.get('a');
    await turn();
    calls[2]?.fail();
    expect(await again).toEqual(failedAs('died'));
  });

  it('that died and is back is spoken to through a library loaded after that, once for each death', async () => {
    const fresh = heldLibrary();
    let loads = 0;
    const reload = () => {
      loads += 1;
      return Promise.resolve(fresh.library);
    };
    const { keychain, calls, readings } = rig({ withProbe: true, reload });
    const worked = keychain.get('a');
    await turn();
    calls[0]?.answer('secret');
    await worked;
    for (const round of [1, 2]) {
      const again = keychain.get('a');
      await turn();
      (round === 1 ? calls[1] : fresh.calls[1])?.fail();
      await turn();
      expect(loads).toBe(round);
      fresh.calls[round === 1 ? 0 : 2]?.answer('kept');
      expect(await again).toEqual({ ok: true, value: 'kept' });
    }
    expect(calls).toHaveLength(2);
    expect(readings).toEqual(['available']);
  });

  it('is asked again after a hang once it is back, but never by more than two calls that hang', async () => {
    const { keychain, calls, timers, probe } = rig({ withProbe: true });
    for (const round of [1, 2]) {
      const got = keychain.get('a');
      await turn();
      timers.fireAll();
      expect(await got).toEqual(failedAs('hanging'));
      expect(calls).toHaveLength(round);
      probe.reading = 'hanging';
      expect(await keychain.tryAgain(true)).toBe('hanging');
      expect(await keychain.get('a')).toEqual(failedAs('hanging'));
      probe.reading = 'open';
      await keychain.tryAgain(true);
    }
    expect(await keychain.get('a')).toEqual(failedAs('hanging'));
    expect(calls).toHaveLength(2);
    calls[0]?.answer('late');
    await turn();
    expect(await keychain.tryAgain(false)).toBe('available');
    const got = keychain.get('a');
    await turn();
    calls[2]?.answer('secret');
    expect(await got).toEqual({ ok: true, value: 'secret' });
  });

  it('is unlocked by the person only when they have pressed for it', async () => {
    const { keychain, probe } = rig({ withProbe: true });
    probe.reading = 'locked';
    await keychain.get('a');
    expect(await keychain.tryAgain(false)).toBe('locked');
    expect(probe.asked).toBe(0);
    probe.afterAsking = 'locked';
    expect(await keychain.tryAgain(true)).toBe('locked');
    probe.afterAsking = 'open';
    expect(await keychain.tryAgain(true)).toBe('available');
    expect(probe.asked).toBe(2);
  });

  it('says that an entry is not what Sayso wrote until something was kept again', async () => {
    const { keychain, calls, readings } = rig({ withProbe: true });
    const got = keychain.get('a');
    await turn();
    calls[0]?.answer('not ours');
    await got;
    keychain.foundCorrupt();
    const other = keychain.get('b');
    await turn();
    calls[1]?.answer('fine');
    await other;
    expect(keychain.state()).toBe('corrupt');
    const kept = keychain.set('a', 'ours');
    await turn();
    calls[2]?.answer();
    await kept;
    expect(readings).toEqual(['available', 'corrupt', 'available']);
  });
});
