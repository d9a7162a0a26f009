import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../../../support/client/server-world.js';
import { startBrowserWorld, type BrowserWorld } from '../../../support/provider/browser-device.js';
import { signInInBrowser, wayBack } from '../../../support/provider/person-in-browser.js';

let world: BrowserWorld;
beforeEach(async () => {
  world = await startBrowserWorld();
});
afterEach(() => world.end());

const ALPHA = { service: 'alpha' };
const begin = (remember = true) =>
  world.rig.handlers['session.browserSignIn']({ service: 'alpha', remember });

/** Somebody who signs in as soon as the page opens. @returns what the browser shows at the end. */
function willSignIn(name: string): { page: () => Promise<Response> } {
  let page: Promise<Response> = Promise.reject(new Error('nothing was opened'));
  page.catch(() => undefined);
  world.browser = (address) => {
    page = signInInBrowser(address, { name });
    page.catch(() => undefined);
    return true;
  };
  return { page: () => page };
}

/** What a try that came to nothing leaves: nothing here, nothing at the server, and no token at the provider. */
function leftNothing(): void {
  expect(world.rig.view().subject.kind).toBe('signed-out');
  expect(world.rig.view().signIn).toMatchObject({ state: 'idle' });
  expect([...world.keychain.secrets.keys()].filter((name) => !name.endsWith('anchor'))).toEqual([]);
  expect(world.rig.store.revokeHandles.toSend(ALPHA.service)).toEqual([]);
  const open = 'SELECT count(*) AS n FROM sessions WHERE ended_at_ms IS NULL';
  expect(world.server.database.prepare(open).get()).toEqual({ n: 0 });
  expect(world.provider.tokensOut()).toBe(0);
}

describe('signing in by the browser', () => {
  it('begins a session like any other, with the address that the provider proved, and the provider has its tokens back', async () => {
    const browser = willSignIn('ada');
    const outcome = await begin();
    expect(outcome).toMatchObject({
      ok: true,
      value: { subject: { kind: 'signed-in', email: 'ada@people.example', remembered: true } },
    });
    await until(() => expect(world.rig.view().sync.state).toBe('synced'));
    expect(world.provider.asked).toContain('/token/revocation');
    expect(world.provider.tokensOut()).toBe(0);
    expect(world.keychain.of('token')).toHaveLength(1);
    const page = await browser.page();
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const text = await page.text();
    expect(text).toContain('You can close this window');
    expect(text).not.toContain('<script');
  });

  it('is the same account the next time, and another for another person', async () => {
    const accounts: unknown[] = [];
    for (const name of ['ada', 'ada', 'bo']) {
      willSignIn(name);
      expect(await begin()).toMatchObject({ ok: true });
      accounts.push(world.rig.store.sessions.get('alpha')?.accountId);
      await world.rig.handlers['session.signOut'](ALPHA);
    }
    expect(accounts[1]).toBe(accounts[0]);
    expect(accounts[2]).not.toBe(accounts[0]);
  });

  it('says who the person said no to, and leaves nothing', async () => {
    world.browser = (address) => {
      void wayBack(address, { name: 'ada', agrees: false }).then((back) => fetch(back));
      return true;
    };
    expect(await begin()).toEqual({ ok: false, error: { code: 'denied' } });
    leftNothing();
  });

  it('stops when the person does, and whoever comes back later finds nobody', async () => {
    const trying = begin();
    await until(() => expect(world.rig.view().signIn).toMatchObject({ state: 'open' }));
    await world.rig.handlers['session.browserCancel'](ALPHA);
    expect(await trying).toEqual({ ok: false, error: { code: 'cancelled' } });
    await expect(signInInBrowser(world.opened[0] ?? '', { name: 'ada' })).rejects.toThrow();
    leftNothing();
  });

  it('stops when the app does', async () => {
    const trying = begin();
    await until(() => expect(world.opened).toHaveLength(1));
    await world.rig.stop();
    expect(await trying).toMatchObject({ ok: false });
    await expect(signInInBrowser(world.opened[0] ?? '', { name: 'ada' })).rejects.toThrow();
  });

  it('a second try takes the place of the first', async () => {
    const first = begin();
    await until(() => expect(world.opened).toHaveLength(1));
    willSignIn('ada');
    expect(await begin()).toMatchObject({ ok: true });
    expect(await first).toEqual({ ok: false, error: { code: 'cancelled' } });
  });

  it('opens the same page again while it waits, and not afterwards', async () => {
    const trying = begin();
    await until(() => expect(world.rig.view().signIn).toMatchObject({ state: 'open' }));
    await world.rig.handlers['session.browserOpenAgain'](ALPHA);
    expect(world.opened[1]).toBe(world.opened[0]);
    await world.rig.handlers['session.browserCancel'](ALPHA);
    await trying;
    await world.rig.handlers['session.browserOpenAgain'](ALPHA);
    expect(world.opened).toHaveLength(2);
  });

  it('waits five minutes and no longer', async () => {
    const trying = begin();
    await until(() => expect(world.rig.view().signIn).toMatchObject({ state: 'open' }));
    expect(world.rig.timers.delaysMs()).toContain(5 * 60_000);
    world.rig.timers.fireAll();
    expect(await trying).toEqual({ ok: false, error: { code: 'timed-out' } });
    leftNothing();
  });
});
