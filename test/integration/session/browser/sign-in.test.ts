import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../../../support/client/server-world.js';
import { startBrowserWorld, type BrowserWorld } from '../../../support/provider/browser-device.js';
import { signInInBrowser } from '../../../support/provider/person-in-browser.js';

let world: BrowserWorld;
beforeEach(async () => {
  world = await startBrowserWorld();
});
afterEach(() => world.end());

const begin = (remember = true) =>
  world.rig.handlers['session.browserSignIn']({ service: 'alpha', remember });

/** Somebody who signs in as soon as the page opens. @returns what the browser shows at the end. */
function willSignIn(name: string): { page: () => Promise<Response> } {
  let page: Promise<Response> = Promise.reject(new Error('nothing was opened'));
  page.catch(() => undefined);
  world.browser = (address) => {
    page = signInInBrowser(address, { name });
    return true;
  };
  return { page: () => page };
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
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await page.text()).toContain('You can close this window');
  });
});
