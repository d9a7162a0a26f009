import type { ServiceProfile } from '../../../src-shared/manifest.js';
import { temporaryFolder } from '../client/temporary-folder.js';
import { START_MS } from '../client/sample-decision.js';
import { networkDevice, type NetworkDevice } from './device.js';
import { realServer, type RealServer, type ServerParts } from './real-server.js';
import type { ServerTemplate } from './server-template.js';

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

/** What differs from the plainest world. */
export type WorldParts = Pick<ServerParts, 'wrapStore' | 'services'> & {
  /** The services that the apps ship with. */
  readonly profiles?: readonly ServiceProfile[];
};

const QUIET_AT_MOST_MS = 250;

/**
 * @param template what the server begins with.
 * @param devices how many.
 */
export async function networkWorld(
  template: ServerTemplate,
  devices: number,
  parts: WorldParts = {},
): Promise<NetworkWorld> {
  const { profiles, ...forServer } = parts;
  const { folder, remove } = temporaryFolder('network-server');
  const clock = { nowMs: START_MS };
  const server = realServer({ folder, clock, beginWith: template.folder, ...forServer });
  await server.start();
  const base = (): string => {
    const port = server.port();
    if (port === null) throw new Error('the server is down');
    return `http://127.0.0.1:${port}/alpha`;
  };
  const made: NetworkDevice[] = [];
  for (let index = 0; index < devices; index += 1) {
    made.push(await networkDevice(`device ${index}`, START_MS, server.port, profiles));
  }
  return {
    server,
    clock,
    devices: made,
    accounts: template.accounts,
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
