import { startTestServer, type TestServer } from '../../integration/server/support/test-server.js';
import { openRig, type Rig } from '../client/core-rig.js';
import { memoryKeychain, type MemoryKeychain } from '../client/memory-keychain.js';
import { temporaryFolder } from '../client/temporary-folder.js';
import { oneConnectionEach } from '../faults/one-connection-each.js';
import { fixtureProfile } from '../fixtures/service-profile.js';
import { letRun, realClock, type RealClock } from './real-time.js';
import { startTestProvider, type TestProvider } from './test-provider.js';

/** One device whose service `alpha` is signed in to by the browser, the server behind it, and a real provider. */
export interface BrowserWorld {
  readonly provider: TestProvider;
  readonly server: TestServer;
  readonly rig: Rig;
  readonly keychain: MemoryKeychain;
  readonly clock: RealClock;
  /** What the app has opened in the browser. */
  readonly opened: string[];
  /** What happens when the app opens something; the answer is whether it could be opened. */
  browser: (address: string) => boolean;
  end(): Promise<void>;
}

/** The provider's tokens are of the real time, so everybody's clock is. */
export async function startBrowserWorld(): Promise<BrowserWorld> {
  const provider = await startTestProvider();
  const { issuer, clientId } = provider.way;
  const server = await startTestServer({
    nowMs: Date.now(),
    parts: { provider: { issuer, clientId } },
  });
  letRun(server.clock);
  const { folder, remove } = temporaryFolder('browser');
  const keychain = memoryKeychain();
  const clock = realClock();
  const opened: string[] = [];
  const rig = openRig({
    folder,
    keychain,
    clock,
    fetch: oneConnectionEach,
    server: server.origin,
    profiles: [fixtureProfile('alpha', provider.way), fixtureProfile('beta')],
    openInBrowser(address) {
      opened.push(address);
      return Promise.resolve(world.browser(address));
    },
  });
  const world: BrowserWorld = {
    provider,
    server,
    rig,
    keychain,
    clock,
    opened,
    browser: () => true,
    async end() {
      if (rig.isOpen()) await rig.stop();
      remove();
      await server.remove();
      await provider.stop();
    },
  };
  await rig.core.begin();
  return world;
}
