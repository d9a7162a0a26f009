import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startBrowserWorld, type BrowserWorld } from '../../../support/provider/browser-device.js';
import { signInInBrowser, wayBack } from '../../../support/provider/person-in-browser.js';

let world: BrowserWorld;
beforeEach(async () => {
  world = await startBrowserWorld();
  world.browser = (address) => {
    signInInBrowser(address, { name: 'ada' }).catch(() => undefined);
    return true;
  };
});
afterEach(() => world.end());

const begin = () =>
  world.rig.handlers['session.browserSignIn']({ service: 'alpha', remember: true });
const asked = (path: string): number => world.provider.asked.filter((one) => one === path).length;

/** Changes what the provider says about itself. */
function saysOfItself(change: (metadata: Record<string, unknown>) => void): void {
  world.provider.spoil = (context) => {
    if (!context.path.endsWith('openid-configuration')) return;
    const metadata = { ...(context.body as Record<string, unknown>) };
    change(metadata);
    context.body = metadata;
  };
}

describe('a provider that is not believed', () => {
  it.each<[string, (metadata: Record<string, unknown>) => void]>([
    ['has another name for itself', (metadata) => (metadata['issuer'] = 'https://other.example')],
    [
      'sends the person to another host',
      (metadata) => (metadata['authorization_endpoint'] = 'https://other.example/auth'),
    ],
    [
      'sends the person to a program',
      (metadata) => (metadata['authorization_endpoint'] = 'file:///bin/sh'),
    ],
    [
      'wants the code in plain elsewhere',
      (metadata) => (metadata['token_endpoint'] = 'http://other.example/token'),
    ],
  ])('one that %s: nothing is opened', async (_what, change) => {
    saysOfItself(change);
    expect(await begin()).toEqual({ ok: false, error: { code: 'provider-odd' } });
    expect(world.opened).toEqual([]);
  });

  it('an answer in the name of another provider (mix-up): the code goes to nobody', async () => {
    world.browser = (address) => {
      void wayBack(address, { name: 'ada' }).then((back) => {
        const mixed = new URL(back);
        mixed.searchParams.set('iss', 'https://other.example');
        return fetch(mixed);
      });
      return true;
    };
    expect(await begin()).toEqual({ ok: false, error: { code: 'provider-odd' } });
    expect(asked('/token')).toBe(0);
  });

  it('an answer that leaves out in whose name it comes, where the provider says that it does not', async () => {
    world.browser = (address) => {
      void wayBack(address, { name: 'ada' }).then((back) => {
        const bare = new URL(back);
        bare.searchParams.delete('iss');
        return fetch(bare);
      });
      return true;
    };
    expect(await begin()).toEqual({ ok: false, error: { code: 'provider-odd' } });
    expect(asked('/token')).toBe(0);
  });

  it('a code that somebody slipped in is worth nothing: it was asked for with another verifier', async () => {
    world.browser = (address) => {
      void (async () => {
        // Somebody else's sign-in, begun by another program under the same name of Sayso.
        const theirs = new URL(address);
        theirs.searchParams.set('code_challenge', 'x'.repeat(43));
        const code = new URL(await wayBack(theirs.href, { name: 'eve' })).searchParams.get('code');
        const slipped = new URL(await wayBack(address, { name: 'ada' }));
        slipped.searchParams.set('code', code ?? '');
        await fetch(slipped);
      })();
      return true;
    };
    expect(await begin()).toEqual({ ok: false, error: { code: 'provider-odd' } });
    expect(world.rig.view().subject.kind).toBe('signed-out');
  });

  it('a clock that is a day off is said to be one', async () => {
    world.clock.aheadMs = 24 * 60 * 60 * 1000;
    expect(await begin()).toEqual({ ok: false, error: { code: 'clock-wrong' } });
  });

  it('one that is not there, and a device without a browser, each say so', async () => {
    world.browser = () => false;
    expect(await begin()).toEqual({ ok: false, error: { code: 'no-browser' } });
    await world.provider.stop();
    expect(await begin()).toEqual({ ok: false, error: { code: 'provider-unreachable' } });
  });

  it('a service with another way has none by the browser', async () => {
    const beta = { service: 'beta', remember: false };
    const outcome = await world.rig.handlers['session.browserSignIn'](beta);
    expect(outcome).toEqual({ ok: false, error: { code: 'not-offered' } });
  });
});
