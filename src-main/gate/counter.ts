import type { RequestRuling } from '../../src-shared/gate/request.js';
import type { GateCount, Store } from '../store/index.js';

/** What is counted waits this long for the disk; no press and no request waits for it. */
export const WRITE_AFTER_MS = 1000;

/** Counts what the gate lets through and refuses; on this device only. */
export interface GateCounter {
  /** @param kind what kind of request, such as `image`. */
  count(service: string, ruling: RequestRuling, kind: string): void;
  all(service: string): readonly GateCount[];
  clear(service: string): void;
  /** Writes what is still in memory. */
  stop(): void;
}

interface Parts {
  readonly store: Pick<Store, 'gateCounts' | 'isOpen'>;
  readonly nowMs: () => number;
  readonly startTimer: (run: () => void, delayMs: number) => () => void;
  /** Told after something was counted and written. */
  readonly onWritten: (service: string) => void;
}

export function createGateCounter({ store, nowMs, startTimer, onWritten }: Parts): GateCounter {
  const pending = new Map<string, Map<string, GateCount>>();
  let endTimer: (() => void) | null = null;

  const write = (): void => {
    endTimer?.();
    endTimer = null;
    if (!store.isOpen()) return;
    const services = [...pending];
    pending.clear();
    for (const [service, counts] of services) {
      try {
        store.gateCounts.add(service, [...counts.values()]);
      } catch {
        // A disk that takes nothing costs a count, and must not open or close anything.
      }
      onWritten(service);
    }
  };

  return {
    count(service, ruling, kind) {
      const { tool, host } = ruling;
      const reason = ruling.isAllowed ? '' : ruling.reason;
      const key = JSON.stringify([tool, host, kind, reason]);
      const counts = pending.get(service) ?? new Map<string, GateCount>();
      pending.set(service, counts);
      const at = nowMs();
      const before = counts.get(key);
      counts.set(key, {
        tool: tool ?? '',
        host,
        kind,
        reason,
        times: (before?.times ?? 0) + 1,
        firstAtMs: before?.firstAtMs ?? at,
        lastAtMs: at,
      });
      endTimer ??= startTimer(write, WRITE_AFTER_MS);
    },
    all(service) {
      write();
      return store.gateCounts.all(service);
    },
    clear(service) {
      pending.delete(service);
      store.gateCounts.clear(service);
    },
    stop: write,
  };
}
