import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { createKeychain } from '../../../src-main/secrets/keychain.js';
import { KEYCHAIN_SERVICE, tokenAccount } from '../../../src-main/secrets/names.js';
import { createSecretServiceProbe } from '../../../src-main/secrets/secret-service/probe.js';
import type { Keychain } from '../../../src-main/secrets/types.js';
import type { KeychainView } from '../../../src-shared/views.js';

const readings: KeychainView[] = [];
let keychain: Keychain;
// Never the name of a real profile.
const account = tokenAccount('alpha', `test-${randomUUID()}`);

beforeAll(() => {
  if (process.platform === 'linux' && !process.env['DBUS_SESSION_BUS_ADDRESS']) {
    throw new Error(
      'This test needs the desktop session that `npm test` provides: no session bus was found.',
    );
  }
  keychain = createKeychain({
    load: async () => (await import('keytar')).default,
    startTimer(run, delayMs) {
      const timer = setTimeout(run, delayMs);
      return () => {
        clearTimeout(timer);
      };
    },
    onReading: (state) => void readings.push(state),
    ...(process.platform === 'linux'
      ? { probe: createSecretServiceProbe(process.env, process.getuid?.() ?? 0) }
      : {}),
  });
});

/** What another program finds under the same name, or '' where there is nothing. */
function witness(): string {
  const args = ['lookup', 'service', KEYCHAIN_SERVICE, 'account', account];
  const found = spawnSync('secret-tool', args, { encoding: 'utf8' });
  if (found.error) throw found.error;
  return found.stdout.trim();
}

describe('the keychain of the system', () => {
  it('keeps a secret, gives it back, replaces it and forgets it', async () => {
    expect(await keychain.get(account)).toEqual({ ok: true, value: null });
    expect(await keychain.set(account, 'first')).toEqual({ ok: true, value: null });
    try {
      expect(await keychain.get(account)).toEqual({ ok: true, value: 'first' });
      if (process.platform === 'linux') expect(witness()).toBe('first');
      expect(await keychain.set(account, 'second, Grüße')).toEqual({ ok: true, value: null });
      expect(await keychain.get(account)).toEqual({ ok: true, value: 'second, Grüße' });
    } finally {
      expect(await keychain.delete(account)).toEqual({ ok: true, value: null });
    }
    expect(await keychain.get(account)).toEqual({ ok: true, value: null });
    if (process.platform === 'linux') expect(witness()).toBe('');
    // What is not there can be deleted: afterwards it is not there.
    expect(await keychain.delete(account)).toEqual({ ok: true, value: null });
    expect(readings).toEqual(['available']);
  });

  it('answers many calls at once in their order', async () => {
    const sets = Array.from({ length: 10 }, (_, index) => keychain.set(account, `value ${index}`));
    const last = keychain.get(account);
    const gone = keychain.delete(account);
    expect(await Promise.all(sets)).toEqual(
      Array.from({ length: 10 }, () => ({ ok: true, value: null })),
    );
    expect(await last).toEqual({ ok: true, value: 'value 9' });
    expect(await gone).toEqual({ ok: true, value: null });
  });
});
