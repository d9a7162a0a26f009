import type { SyncDetailView, SyncView } from '../../src-shared/views.js';
import type { EngineParts, SyncEngine } from './engine-parts.js';
import { createSyncEngine } from './engine.js';

export { createNetworkWatch } from './network-watch.js';
export { NO_RUN_YET, syncViewOf } from './standing.js';
export { partingBodies } from './parting-bodies.js';

/** The sync of all services: one engine each, so that one server in trouble holds up no other. */
export interface Sync {
  /** Something happened that makes a run worthwhile. A pause that the server has asked for is kept. */
  wake(service: string): void;
  wakeAll(): void;
  /** The person wants it now. */
  tryNow(service: string): void;
  view(service: string): SyncView;
  /** Whether whoever is signed in could not reach the service when it was last tried; nothing is counted for that. */
  isAway(service: string): boolean;
  /** What waits, what was tried, and when it is tried again. */
  detail(service: string): SyncDetailView;
  stop(): Promise<void>;
}

/** @param services the ids of all services. */
export function createSync(parts: EngineParts, services: readonly string[]): Sync {
  const engines = new Map<string, SyncEngine>(
    services.map((service) => [service, createSyncEngine(parts, service)]),
  );
  const nothing: SyncView = { state: 'local', waiting: 0, problem: 'none' };
  return {
    wake: (service) => engines.get(service)?.wake(),
    wakeAll: () => {
      for (const engine of engines.values()) engine.wake();
    },
    tryNow: (service) => engines.get(service)?.tryNow(),
    view: (service) => engines.get(service)?.view() ?? nothing,
    isAway: (service) => engines.get(service)?.isAway() ?? false,
    detail: (service) =>
      engines.get(service)?.detail() ?? {
        service,
        sync: nothing,
        address: null,
        live: false,
        lastReachedAt: null,
        nextTryAt: null,
        tries: [],
        items: [],
        counts: { waiting: 0, refused: 0 },
        parting: 0,
      },
    async stop() {
      await Promise.all([...engines.values()].map((engine) => engine.stop()));
    },
  };
}
