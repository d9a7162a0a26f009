import { newDeviceKey } from '../../../src-main/crypto/index.js';
import { deviceAccount, tokenAccount } from '../../../src-main/secrets/index.js';
import { mustCommit } from '../client/open-store.js';
import { START_MS } from '../client/sample-decision.js';
import { keepSecrets } from './file-keychain.js';
import { mustStart } from './open-profile-rig.js';

/** The account that is signed in to `beta`. */
export const ACCOUNT = 'account-of-the-child';

/** Where no server answers. */
const BASE_ADDRESS = 'http://127.0.0.1:9/beta';

/** A profile that is signed in to `beta`, as a sign-in leaves it, with its keychain in a file. */
export async function makeSignedInProfile(folder: string, keychainFile: string): Promise<void> {
  const secrets = new Map<string, string>();
  const none = { getPassword: () => Promise.resolve(null) };
  const app = mustStart({
    folder,
    keychain: {
      ...none,
      setPassword: () => Promise.resolve(),
      deletePassword: () => Promise.resolve(true),
      findCredentials: () => Promise.resolve([]),
    },
  });
  const { store } = app;
  const key = newDeviceKey();
  mustCommit(store, () => {
    store.meta.setTokenMayRemain('beta', true);
    store.publicKeys.putDeviceKey('beta', ACCOUNT, {
      ...key.publicKey,
      kid: key.kid,
      device: store.meta.deviceId('beta'),
    });
    store.sessions.put({
      service: 'beta',
      accountId: ACCOUNT,
      sessionId: 'session-of-the-child',
      baseAddress: BASE_ADDRESS,
      handle: 'h'.repeat(43),
      expiresAtMs: START_MS + 86_400_000,
      remembered: true,
      state: 'active',
      pulled: true,
      pullCursor: '',
      seenRow: 0,
      deviceChoices: 'kept-apart',
      beganRow: 0,
      arrival: 'told',
    });
  });
  const profileId = store.meta.profileId();
  secrets.set(tokenAccount('beta', profileId), 't'.repeat(43));
  secrets.set(deviceAccount('beta', profileId), key.secret());
  keepSecrets(keychainFile, secrets);
  await app.stop();
}
