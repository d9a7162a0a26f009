import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Fetch } from '../../../src-main/api/index.js';
import type { ServiceProfile } from '../../../src-shared/manifest.js';
import { openRig, type Rig } from '../client/core-rig.js';
import { memoryKeychain, type MemoryKeychain } from '../client/memory-keychain.js';
import { temporaryFolder } from '../client/temporary-folder.js';
import { badNetwork, type BadNetwork } from './tcp-proxy.js';
import { openMoments, type Moments } from './moments.js';

/** One device of a person: profile, keychain, clock and its own bad way to the server, and the client that runs on it now. */
export interface NetworkDevice {
  readonly name: string;
  readonly clock: { nowMs: number };
  readonly keychain: MemoryKeychain;
  readonly network: BadNetwork;
  /** Every moment at which the client waits for something outside itself. */
  readonly moments: Moments;
  readonly rig: () => Rig;
  /**
   * Ends the client in order, or lets it die as by a power cut, and starts it again: a client that died leaves what is on the
   * disk and in the keychain at that very moment, and nothing it would have done afterwards counts.
   */
  restart(how: 'quit' | 'crash'): Promise<void>;
  remove(): Promise<void>;
}

/** Each request on a connection of its own, so that a fault strikes one request. */
const askOnce: Fetch = (address, init) => {
  const headers = new Headers(init.headers);
  headers.set('connection', 'close');
  return fetch(address, { ...init, headers });
};

/**
 * @param portOf where the server listens; null while it is down.
 * @param profiles the services the app ships with; left out, the two of every rig.
 */
export async function networkDevice(
  name: string,
  startMs: number,
  portOf: () => number | null,
  profiles?: readonly ServiceProfile[],
): Promise<NetworkDevice> {
  const { folder, remove } = temporaryFolder('network');
  const network = await badNetwork(portOf);
  const keychain = memoryKeychain();
  const clock = { nowMs: startMs };
  const moments = openMoments();
  const dead: Rig[] = [];
  let lives = 0;

  const folderOf = (life: number): string => path.join(folder, `life-${life}`);
  const start = (): Rig => {
    const life = moments.newLife();
    return openRig({
      folder: folderOf(lives),
      fetch: (url, init) => life.around('network', () => askOnce(url, init)),
      server: network.origin,
      keychain: {
        ...keychain,
        library: {
          getPassword: (service, account) =>
            life.around('keychain', () => keychain.library.getPassword(service, account)),
          setPassword: (service, account, password) =>
            life.around('keychain', () => keychain.library.setPassword(service, account, password)),
          deletePassword: (service, account) =>
            life.around('keychain', () => keychain.library.deletePassword(service, account)),
          findCredentials: (service) => keychain.library.findCredentials(service),
        },
      },
      clock,
      ...(profiles ? { profiles } : {}),
    });
  };
  mkdirSync(folderOf(lives));
  let rig = start();
  await rig.core.begin();
  return {
    name,
    clock,
    keychain,
    network,
    moments,
    rig: () => rig,
    async restart(how) {
      if (how === 'quit') await rig.stop();
      else {
        dead.push(rig);
        lives += 1;
        mkdirSync(folderOf(lives));
        for (const file of ['sayso.db', 'sayso.db-wal']) {
          const from = path.join(folderOf(lives - 1), file);
          if (existsSync(from)) copyFileSync(from, path.join(folderOf(lives), file));
        }
      }
      // The connections of a process that has gone are gone with it.
      network.cutAll();
      rig = start();
      await rig.core.begin();
    },
    async remove() {
      network.cutAll();
      if (rig.isOpen()) await rig.stop();
      for (const one of dead) await one.crash();
      await network.close();
      remove();
    },
  };
}
