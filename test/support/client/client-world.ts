import path from 'node:path';
import { expect } from 'vitest';
import { openRig, type Rig } from './core-rig.js';
import { fakeService, type FakeService } from './fake-service.js';
import { memoryKeychain } from './memory-keychain.js';
import { quiet } from './quiet.js';
import { readFirstViewOf } from './read-first-view.js';
import { START_MS } from './sample-decision.js';
import { temporaryFolder } from './temporary-folder.js';

/** The real side of the stateful model: the client on a real file, and a service in memory that outlives its restarts. */
export interface ClientWorld {
  readonly rig: () => Rig;
  readonly service: FakeService;
  readonly clock: { nowMs: number };
  readonly file: string;
  /** Closes or drops the client and starts it again on the same file and keychain. */
  restart(how: 'quit' | 'crash'): Promise<void>;
  /** Waits until nothing is under way. */
  quiet(): Promise<void>;
  remove(): Promise<void>;
}

export async function clientWorld(): Promise<ClientWorld> {
  const { folder, remove } = temporaryFolder('world');
  const clock = { nowMs: START_MS };
  const service = fakeService(() => clock.nowMs);
  const keychain = memoryKeychain();
  const server = 'http://127.0.0.1:9';
  const file = path.join(folder, 'sayso.db');
  /** As the app starts: what the window is shown before it is there is what it would show itself, to the letter. */
  const start = (): Rig => {
    const firstView = readFirstViewOf(file, clock);
    const rig = openRig({ folder, fetch: service.fetch, server, keychain, clock, firstView });
    for (const shown of firstView?.services ?? [])
      expect(JSON.stringify(shown), 'shown first').toBe(JSON.stringify(rig.view(shown.id)));
    return rig;
  };
  let rig = start();
  await rig.core.begin();
  return {
    rig: () => rig,
    service,
    clock,
    file,
    quiet: () => quiet(service),
    async restart(how) {
      if (how === 'quit') await rig.stop();
      else await rig.crash();
      rig = start();
      await rig.core.begin();
    },
    async remove() {
      await rig.stop();
      remove();
    },
  };
}
