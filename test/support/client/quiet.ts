import type { FakeService } from './fake-service.js';

/** Turns of the event loop without any request after which nothing is under way any more. */
const QUIET_TURNS = 5;

/** Resolves once a service in memory has answered everything and nobody has asked anything new. */
export async function quiet(service: Pick<FakeService, 'busy' | 'requests'>): Promise<void> {
  let seen = -1;
  let calmTurns = 0;
  while (calmTurns < QUIET_TURNS) {
    await new Promise((resolve) => setImmediate(resolve));
    calmTurns = service.busy() || service.requests() !== seen ? 0 : calmTurns + 1;
    seen = service.requests();
  }
}
