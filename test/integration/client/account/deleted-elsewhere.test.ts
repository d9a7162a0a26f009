import { describe, expect } from 'vitest';
import {
  newEmail,
  PASSWORD,
  pressOn,
  signInOn,
  syncNow,
  test,
  until,
  untilSynced,
} from '../../../support/client/server-world.js';

describe('an account that is deleted', () => {
  test('is signed out of on its other devices, which keep nothing of it', async ({ world }) => {
    const email = newEmail();
    const [one, other] = [await world.device(), await world.device()];
    await signInOn(one, email, { create: true });
    await signInOn(other, email);
    await pressOn(other, 'accept-all');
    await untilSynced(other);
    const input = { service: 'alpha', password: PASSWORD };
    expect((await one.rig.handlers['account.delete'](input)).ok).toBe(true);
    await syncNow(other);
    await until(() =>
      expect(other.rig.view().subject).toEqual({
        kind: 'signed-out',
        because: 'ended-elsewhere',
      }),
    );
    await until(() => expect(other.keychain.of('token')).toEqual([]));
    expect(other.rig.store.sessions.get('alpha')).toBeNull();
  });
});
