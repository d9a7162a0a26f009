import type { Database } from './open-database.js';

/** Batches of one tool that are remembered at most; the oldest are dropped, which the service keeps no longer either. */
export const MOST_BATCHES = 500;

/** A batch that a service is to be asked to forget. */
export interface BatchToForget {
  readonly batch: string;
  readonly baseAddress: string;
}

/** The random ids under which tools have sent something: all that is known of it here. */
export interface ToolBatchStore {
  /** To be noted before it is sent: whether it arrived may never be known. */
  add(batch: string, service: string, tool: string, baseAddress: string, atMs: number): void;
  /** The consent is gone: everything the tool has sent is to be forgotten. */
  forget(service: string, tool: string): void;
  /** The oldest to be forgotten, all at one address, at most `limit`. */
  toForget(service: string, limit: number): readonly BatchToForget[];
  /** The service has answered for these. */
  remove(batches: readonly string[]): void;
  /** The tools that have sent something which is not to be forgotten yet. */
  tools(service: string): string[];
}

export function createToolBatchStore(database: Database): ToolBatchStore {
  const insert = database.prepare<[string, string, string, string, number]>(
    'INSERT INTO tool_batch VALUES (?, ?, ?, ?, ?, 0)',
  );
  const dropOldest = database.prepare<[{ service: string; tool: string; most: number }]>(
    `DELETE FROM tool_batch WHERE batch IN (SELECT batch FROM tool_batch
       WHERE service = @service AND tool = @tool ORDER BY sent_at_ms DESC, batch LIMIT -1 OFFSET @most)`,
  );
  const mark = database.prepare<[string, string]>(
    'UPDATE tool_batch SET forget = 1 WHERE service = ? AND tool = ? AND forget = 0',
  );
  const oldest = database.prepare<[{ service: string; limit: number }], BatchToForget>(
    `SELECT batch, base_address AS baseAddress FROM tool_batch
     WHERE service = @service AND forget = 1 AND base_address =
       (SELECT base_address FROM tool_batch WHERE service = @service AND forget = 1
        ORDER BY sent_at_ms, batch LIMIT 1)
     ORDER BY sent_at_ms, batch LIMIT @limit`,
  );
  const drop = database.prepare<[string]>('DELETE FROM tool_batch WHERE batch = ?');
  const tools = database
    .prepare<[string], string>(
      'SELECT DISTINCT tool FROM tool_batch WHERE service = ? AND forget = 0',
    )
    .pluck();
  return {
    add(batch, service, tool, baseAddress, atMs) {
      insert.run(batch, service, tool, baseAddress, atMs);
      dropOldest.run({ service, tool, most: MOST_BATCHES });
    },
    forget: (service, tool) => void mark.run(service, tool),
    toForget: (service, limit) => oldest.all({ service, limit }),
    remove(batches) {
      for (const batch of batches) drop.run(batch);
    },
    tools: (service) => tools.all(service),
  };
}
