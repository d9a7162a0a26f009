import type { Database } from './open-database.js';

/** One line of what the gate did. Times in milliseconds since 1970. */
export interface GateCount {
  /** '' for the service itself, and for what nobody declared. */
  readonly tool: string;
  /** '' where there was none. */
  readonly host: string;
  /** What kind of request, such as `image`; for a tool's own `fetch`. */
  readonly kind: string;
  /** '' for what was allowed. */
  readonly reason: string;
  readonly times: number;
  readonly firstAtMs: number;
  readonly lastAtMs: number;
}

/** Lines kept for one service; what comes after that is counted together, whatever the host. */
export const MOST_COUNTS = 500;
const ELSEWHERE = '*';

/** What the gate did, kept on this device only. */
export interface GateCountStore {
  /** Adds to what is there. */
  add(service: string, counts: readonly GateCount[]): void;
  /** Newest first. */
  all(service: string): GateCount[];
  clear(service: string): void;
}

export function createGateCountStore(database: Database): GateCountStore {
  const merge = database.prepare<[GateCount & { service: string }]>(
    `INSERT INTO gate_count VALUES (@service, @tool, @host, @kind, @reason, @times, @firstAtMs, @lastAtMs)
     ON CONFLICT DO UPDATE SET times = times + excluded.times,
       first_at_ms = min(first_at_ms, excluded.first_at_ms), last_at_ms = max(last_at_ms, excluded.last_at_ms)`,
  );
  const exists = database
    .prepare<[string, string, string, string, string], number>(
      `SELECT 1 FROM gate_count WHERE service = ? AND tool = ? AND host = ? AND kind = ? AND reason = ?`,
    )
    .pluck();
  const total = database
    .prepare<[string], number>('SELECT count(*) FROM gate_count WHERE service = ?')
    .pluck();
  const every = database.prepare<[string], GateCount>(
    `SELECT tool, host, kind, reason, times, first_at_ms AS firstAtMs, last_at_ms AS lastAtMs
     FROM gate_count WHERE service = ? ORDER BY last_at_ms DESC, tool, host, kind, reason`,
  );
  const drop = database.prepare<[string]>('DELETE FROM gate_count WHERE service = ?');
  return {
    add(service, counts) {
      for (const count of counts) {
        const { tool, host, kind, reason } = count;
        const isKnown = exists.get(service, tool, host, kind, reason) === 1;
        const isFull = !isKnown && (total.get(service) ?? 0) >= MOST_COUNTS;
        // A page can invent as many hosts as it likes; it cannot fill a disk with them.
        merge.run({ ...count, host: isFull ? ELSEWHERE : host, service });
      }
    },
    all: (service) => every.all(service),
    clear: (service) => void drop.run(service),
  };
}
