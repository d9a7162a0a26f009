import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSecretServiceProbe } from '../../../src-main/secrets/secret-service/probe.js';
import type { KeychainReading } from '../../../src-main/secrets/types.js';
import { temporaryFolder, type TemporaryFolder } from '../../support/client/temporary-folder.js';
import { startKeyring, type Keyring } from '../../support/secret-service/keyring.js';
import { startPrivateBus, type PrivateBus } from '../../support/secret-service/private-bus.js';

let temporary: TemporaryFolder;
const ends: (() => Promise<void>)[] = [];
beforeEach(() => {
  temporary = temporaryFolder('secret-service');
});
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
  temporary.remove();
});

async function aBus(options?: { refusesSecrets: boolean }): Promise<PrivateBus> {
  const bus = await startPrivateBus(temporary.folder, options);
  ends.push(() => bus.stop());
  return bus;
}

async function aKeyring(bus: PrivateBus, options?: { isOpen: boolean }): Promise<Keyring> {
  const keyring = await startKeyring(bus, path.join(temporary.folder, 'keyring'), options);
  ends.push(() => keyring.kill());
  return keyring;
}

const userId = process.getuid?.() ?? 0;

function look(address: string, signal = new AbortController().signal): Promise<KeychainReading> {
  return createSecretServiceProbe({ DBUS_SESSION_BUS_ADDRESS: address }, userId).look(signal);
}

describe.runIf(process.platform === 'linux')('looking at the keychain service from outside', () => {
  it('finds none without a bus, on an empty bus, and on one that takes nobody', async () => {
    expect(await look(`unix:path=${temporary.folder}/nobody`)).toBe('absent');
    const bus = await aBus();
    expect(await look(bus.address)).toBe('absent');
    const other = createSecretServiceProbe({ DBUS_SESSION_BUS_ADDRESS: bus.address }, userId + 1);
    expect(await other.look(new AbortController().signal)).toBe('absent');
    expect(await createSecretServiceProbe({}, userId).look(new AbortController().signal)).toBe(
      'absent',
    );
  });

  it('finds it open, then locked, and open again', async () => {
    const bus = await aBus();
    const keyring = await aKeyring(bus);
    expect(await look(bus.address)).toBe('open');
    keyring.lock();
    expect(await look(bus.address)).toBe('locked');
    await keyring.unlock();
    expect(await look(bus.address)).toBe('open');
    await keyring.kill();
    expect(await look(bus.address)).toBe('absent');
  });

  it('finds that nothing has been set up in it', async () => {
    const bus = await aBus();
    await aKeyring(bus, { isOpen: false });
    expect(await look(bus.address)).toBe('no-collection');
  });

  it('is refused by the policy of a bus', async () => {
    const bus = await aBus({ refusesSecrets: true });
    await aKeyring(bus, { isOpen: false });
    expect(await look(bus.address)).toBe('denied');
  });

  it('gets no answer from one that is frozen, and finds that it died when it is killed meanwhile', async () => {
    const bus = await aBus();
    const keyring = await aKeyring(bus);
    keyring.freeze();
    const looking = look(bus.address);
    await keyring.kill();
    expect(['died', 'absent']).toContain(await looking);
  });

  it('ends when it has taken too long', async () => {
    const bus = await aBus();
    const keyring = await aKeyring(bus);
    keyring.freeze();
    const limit = new AbortController();
    const looking = look(bus.address, limit.signal);
    limit.abort();
    expect(await looking).toBe('absent');
  });

  it('asks to unlock, and comes back when nobody can be asked', async () => {
    const bus = await aBus();
    const keyring = await aKeyring(bus);
    keyring.lock();
    const probe = createSecretServiceProbe({ DBUS_SESSION_BUS_ADDRESS: bus.address }, userId);
    await probe.askToUnlock(new AbortController().signal);
    expect(await look(bus.address)).toBe('locked');
  });
});
