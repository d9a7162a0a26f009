import { temporaryFolder } from '../client/temporary-folder.js';
import { START_MS } from '../client/sample-decision.js';
import { networkDevice, type NetworkDevice } from './device.js';
import { realServer, type RealServer, type ServerParts } from './real-server.js';
import { createAccount } from '../../integration/server/support/client.js';

/** A real server, its accounts, and devices that reach it over networks of their own. */
export interface NetworkWorld {
  readonly server: RealServer;
  readonly clock: { nowMs: number };
  readonly devices: readonly NetworkDevice[];
  /** By number: e-mail address and id. */
  readonly accounts: readonly { readonly email: string; readonly id: string }[];
  /** Base address past every bad network; the server has to be up. */
  readonly base: () => string;
  /** Waits until nothing is on its way from these devices any more, or for as long as a stubborn one may hold it up. */
  quiet(devices?: readonly NetworkDevice[]): Promise<void>;
  remove(): Promise<void>;
}

const QUIET_AT_MOST_MS = 250;

/** @param devices how many. */
export async function networkWorld(
  devices: number,
  parts: Pick<ServerParts, 'wrapStore' | 'services'> = {},
): Promise<NetworkWorld> {
  const { folder, remove } = temporaryFolder('network-server');
  const clock = { nowMs: START_MS };
  const server = realServer({ folder, clock, ...parts });
  await server.start();
  const base = (): string => {
    const port = server.port();
    if (port === null) throw new Error('the server is down');
    return `http://127.0.0.1:${port}/alpha`;
  };
  const made: NetworkDevice[] = [];
  for (let index = 0; index < devices; index += 1) {
    made.push(await networkDevice(`device ${index}`, START_MS, server.port));
  }
  const accounts = [];
  for (const email of ['ada@example.org', 'bob@example.org']) {
    const { id } = await createAccount(base(), email);
    accounts.push({ email, id });
  }
  return {
    server,
    clock,
    devices: made,
    accounts,
    base,
    async quiet(among = made) {
      const startedMs = performance.now();
      for (let calm = 0; calm < 3 && performance.now() - startedMs < QUIET_AT_MOST_MS;) {
        await new Promise((resolve) => setTimeout(resolve, 2));
        const moving = among.some(({ network }) => network.onTheirWay() > 0);
        calm = moving ? 0 : calm + 1;
      }
    },
    async remove() {
      for (const device of made) await device.remove();
      await server.stop();
      remove();
    },
  };
}
