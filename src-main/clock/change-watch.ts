/** A timer counts time that passed, while the wall clock can be set and the machine can sleep: so it looks this often. */
export const LONGEST_WAIT_MS = 30 * 1000;

/** Never sooner than this, so that a clock that stands still just before a due moment does not keep a processor busy. */
const SHORTEST_WAIT_MS = 100;

/** Tells when something that only time changes is due: a grant ends, a policy comes into force, a refusal is a year old. */
export interface ChangeWatch {
  /** Looks for the first time and goes on looking. */
  start(): void;
  /** Looks now: after every change of a service, on resume and on focus. */
  check(): void;
  /** Ends the timer; nothing is told any more. */
  stop(): void;
}

/** What the watch needs from outside. */
export interface ChangeWatchParts {
  readonly services: readonly string[];
  /** The next moment at which something of the service changes by itself, after `nowMs()`; null when nothing will. */
  readonly nextChangeMs: (service: string) => number | null;
  /** Trusted time, so that moving the wall clock back opens nothing again. */
  readonly nowMs: () => number;
  /** Calls `run` once after `delayMs`; the answer calls it off. */
  readonly startTimer: (run: () => void, delayMs: number) => () => void;
  /** Told once for each due moment, however late it is noticed; may call `check`. Must not throw. */
  readonly onDue: (service: string) => void;
}

export function createChangeWatch(parts: ChangeWatchParts): ChangeWatch {
  const due = new Map<string, number>();
  let endTimer: (() => void) | null = null;
  let isRunning = false;

  function look(): void {
    if (!isRunning) return;
    endTimer?.();
    const now = parts.nowMs();
    const reached = parts.services.filter((service) => (due.get(service) ?? Infinity) <= now);
    for (const service of parts.services) {
      const next = parts.nextChangeMs(service);
      if (next === null || Number.isNaN(next)) due.delete(service);
      else due.set(service, next);
    }
    const soonestMs = Math.min(LONGEST_WAIT_MS, ...[...due.values()].map((ms) => ms - now));
    endTimer = parts.startTimer(look, Math.max(SHORTEST_WAIT_MS, soonestMs));
    // Told last: whoever is told looks again, and by then everything above is true of this moment.
    reached.forEach(tell);
  }

  function tell(service: string): void {
    if (isRunning) parts.onDue(service);
  }

  return {
    start() {
      isRunning = true;
      look();
    },
    check: look,
    stop() {
      isRunning = false;
      endTimer?.();
      endTimer = null;
    },
  };
}
