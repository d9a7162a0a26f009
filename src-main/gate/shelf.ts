import type { Store, ToolOwner } from '../store/index.js';
import type { ToolShelf } from './adapter.js';

interface Parts {
  readonly store: Pick<Store, 'toolData' | 'toolBatches' | 'commit' | 'isOpen'>;
  readonly owner: ToolOwner;
  readonly baseAddress: string;
  /** Whether the tool may act at this moment: a tool that was stopped keeps nothing more. */
  readonly isOpen: () => boolean;
  readonly newId: () => string;
  readonly nowMs: () => number;
}

/** What one run of a tool may keep. Once the gate has closed over it, it reads as empty and takes nothing. */
export function createShelf({ store, owner, isOpen, ...parts }: Parts): ToolShelf {
  const usable = (): boolean => store.isOpen() && isOpen();
  return {
    get: (key) => (usable() ? store.toolData.get(owner, key) : null),
    put(key, value) {
      if (!usable()) return false;
      const kept = store.commit(() => store.toolData.put(owner, key, value));
      return kept.ok && kept.value;
    },
    remove(key) {
      if (usable()) store.commit(() => store.toolData.remove(owner, key));
    },
    newBatch() {
      if (!usable()) return null;
      const batch = parts.newId();
      const { service, tool } = owner;
      const noted = store.commit(() =>
        store.toolBatches.add(batch, service, tool, parts.baseAddress, parts.nowMs()),
      );
      return noted.ok ? batch : null;
    },
  };
}
