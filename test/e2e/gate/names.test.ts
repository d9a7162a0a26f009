import { expect, vi } from 'vitest';
import { canHearNames, openNamesScene } from '../../support/hostile/names-scene.js';
import { inSite } from '../../support/site-window.js';
import { test } from '../../support/stage.js';

const until = (claim: () => void | Promise<void>): Promise<void> =>
  vi.waitFor(claim, { timeout: 20_000, interval: 25 });

/** Every way in which a page can have a name looked up, and a last request that says that it has tried them all. */
const tryNames = (names: readonly string[]): string => `(() => {
  const add = (rel, href) => document.head.append(Object.assign(document.createElement('link'), { rel, href }));
  const Peer = globalThis.RTCPeerConnection;
  const gather = (urls) => {
    if (!Peer) return;
    const peer = new Peer({ iceServers: [{ urls, username: 'u', credential: 'c' }] });
    peer.createDataChannel('x');
    peer.createOffer().then((offer) => peer.setLocalDescription(offer));
  };
  for (const name of ${JSON.stringify(names)}) {
    fetch('https://' + name + '/', { mode: 'no-cors' }).catch(() => 0);
    new Image().src = 'https://image.' + name + '/';
    new WebSocket('wss://socket.' + name + '/').onerror = () => 0;
    new WebTransport('https://transport.' + name + ':4433/').ready.catch(() => 0);
    for (const rel of ['preconnect', 'dns-prefetch', 'prefetch']) add(rel, 'https://' + rel + '.' + name);
    gather('stun:stun.' + name);
    gather('turn:turn.' + name + '?transport=tcp');
    gather('turns:turns.' + name);
    navigator.sendBeacon('https://beacon.' + name + '/');
  }
  return fetch('tried').then(() => 0);
})()`;

test.runIf(canHearNames)(
  'no resolver hears the name of a host that is not allowed; that of one that is, it does',
  async ({ stage }) => {
    const { app, heard } = await openNamesScene(stage);
    const all = ['counter.test', 'adverts.test', 'stranger.test'];
    const refused = async (): Promise<void> => {
      await inSite(app, tryNames(all));
      await app.pages.open('On this device');
      await app.pages.button('What the gate did').click();
      for (const name of all) {
        const rows = app.page.getByRole('row').filter({ hasText: name });
        await rows.filter({ hasText: 'Refused' }).first().waitFor();
      }
    };
    await refused();
    expect(heard()).toEqual([]);

    await app.pages.open('Privacy');
    await app.pages.toggle('Analytics').click();
    await until(async () => expect(await app.pages.toggle('Analytics').isChecked()).toBe(true));
    await inSite(app, tryNames(all));
    await until(() => expect(heard()).toContain('counter.test'));
    expect(heard()).toEqual(['counter.test']);
  },
);
