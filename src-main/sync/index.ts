import type { SyncView } from '../../src-shared/views.js';
import { createSyncEngine, type EngineParts, type SyncEngine } from './engine.js';

/** The sync of all services: one engine each, so that one server in trouble holds up no other. */
export interface Sync {
  wake(service: string): void;
  wakeAll(): void;
  view(service: string): SyncView;
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
    view: (service) => engines.get(service)?.view() ?? nothing,
    async stop() {
      await Promise.all([...engines.values()].map((engine) => engine.stop()));
    },
  };
}
