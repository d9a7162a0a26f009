import type { Bridge } from '../../src-shared/ipc-contract.js';

/** Reads something again and again without ever reading it twice at once. */
export interface Fresh {
  /** Many wishes in a row are one more reading after the one that is under way. */
  refresh(): Promise<void>;
}

/** @param read reads once; must not throw. */
export function createFresh(read: () => Promise<void>): Fresh {
  let running: Promise<void> | null = null;
  let isStale = false;
  const run = async (): Promise<void> => {
    while (isStale) {
      isStale = false;
      await read();
    }
    running = null;
  };
  return {
    refresh() {
      isStale = true;
      return (running ??= run());
    },
  };
}

/** Calls `refresh` whenever the gate or anything else about a service has changed. @returns ends that. */
export function followService(
  bridge: Bridge,
  id: string,
  refresh: () => Promise<void>,
): () => void {
  const look = (changed: string): void => {
    if (changed === id) void refresh();
  };
  const ends = [
    bridge.on('gate.changed', ({ service }) => look(service)),
    bridge.on('service.changed', (view) => look(view.id)),
  ];
  return () => {
    for (const end of ends) end();
  };
}
