import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../../../support/client/server-world.js';
import { startBrowserWorld, type BrowserWorld } from '../../../support/provider/browser-device.js';
import { signInInBrowser, wayBack } from '../../../support/provider/person-in-browser.js';

let world: BrowserWorld;
beforeEach(async () => {
  world = await startBrowserWorld();
  willSignIn('ada');
  const begun = await world.rig.handlers['session.browserSignIn']({ ...ALPHA, remember: true });
  expect(begun).toMatchObject({ ok: true });
});
afterEach(() => world.end());

const ALPHA = { service: 'alpha' };
const remove = () => world.rig.handlers['account.deleteByBrowser'](ALPHA);
const accounts = () => world.server.database.prepare('SELECT id FROM accounts').all();

/** Somebody who signs in as soon as a page opens. */
function willSignIn(name: string, changed: (address: string) => string = (same) => same): void {
  world.browser = (address) => {
    signInInBrowser(changed(address), { name }).catch(() => undefined);
    return true;
  };
}

/** Nothing was deleted anywhere: the person is signed in as before, and nothing says that anybody wanted it otherwise. */
function stayed(): void {
  expect(accounts()).toHaveLength(1);
  expect(world.rig.view()).toMatchObject({
    subject: { kind: 'signed-in' },
    signIn: { state: 'idle' },
  });
  expect(world.rig.store.meta.erasingAccount('alpha')).toBeNull();
  expect(world.provider.tokensOut()).toBe(0);
}

describe('deleting an account that is signed in to by the browser', () => {
  it('asks the provider for a sign-in of its own, and leaves nothing at the service or here', async () => {
    expect(await remove()).toMatchObject({
      ok: true,
      value: { subject: { kind: 'signed-out', because: 'account-deleted' } },
    });
    const asked = new URL(world.opened[1] ?? '').searchParams;
    expect([asked.get('prompt'), asked.get('max_age')]).toEqual(['login', '0']);
    expect(asked.get('nonce')).not.toBe(new URL(world.opened[0] ?? '').searchParams.get('nonce'));
    expect(accounts()).toEqual([]);
    expect(world.keychain.of('token')).toEqual([]);
    expect(world.provider.tokensOut()).toBe(0);
  });

  it('deletes nothing where somebody else comes back', async () => {
    willSignIn('bo');
    expect(await remove()).toEqual({ ok: false, error: { code: 'other-person' } });
    stayed();
  });

  it('deletes nothing where the person says no, or stops', async () => {
    world.browser = (address) => {
      void wayBack(address, { name: 'ada', agrees: false }).then((back) => fetch(back));
      return true;
    };
    expect(await remove()).toEqual({ ok: false, error: { code: 'denied' } });
    world.browser = () => true;
    const trying = remove();
    await until(() => expect(world.rig.view().signIn).toMatchObject({ state: 'open' }));
    await world.rig.handlers['session.browserCancel'](ALPHA);
    expect(await trying).toEqual({ ok: false, error: { code: 'cancelled' } });
    stayed();
  });

  it('stops waiting after five minutes', async () => {
    world.browser = () => true;
    const trying = remove();
    await until(() => expect(world.rig.view().signIn).toMatchObject({ state: 'open' }));
    world.rig.timers.fireAll();
    expect(await trying).toEqual({ ok: false, error: { code: 'timed-out' } });
    stayed();
  });

  it('says so where the provider or the service cannot be reached', async () => {
    await world.provider.stop();
    expect(await remove()).toEqual({ ok: false, error: { code: 'provider-unreachable' } });
    expect(accounts()).toHaveLength(1);
  });

  it('needs somebody who is signed in, also when the browser comes back', async () => {
    world.browser = () => true;
    const trying = remove();
    await until(() => expect(world.rig.view().signIn).toMatchObject({ state: 'open' }));
    await world.rig.handlers['session.signOut'](ALPHA);
    expect(await trying).toEqual({ ok: false, error: { code: 'cancelled' } });
    expect(await remove()).toEqual({ ok: false, error: { code: 'not-signed-in' } });
    expect(accounts()).toHaveLength(1);
  });
});
