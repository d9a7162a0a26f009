import type { Database } from './open-database.js';

/** Whose data: a tool of a service, under the choice of one subject ('' for nobody). */
export interface ToolOwner {
  readonly service: string;
  readonly tool: string;
  readonly subject: string;
}

/** Most keys that one tool may keep, and the longest value, so that no tool fills a disk. */
export const MOST_TOOL_KEYS = 64;
export const LONGEST_TOOL_VALUE = 64 * 1024;

/** What tools keep on this device. Anything but writing works inside a transaction and outside one. */
export interface ToolDataStore {
  get(owner: ToolOwner, key: string): string | null;
  /** @returns false where it would be too much; nothing is kept then. */
  put(owner: ToolOwner, key: string, value: string): boolean;
  remove(owner: ToolOwner, key: string): void;
  /** Deletes everything a tool has kept, whoever's; `exceptSubject` leaves what is theirs. @returns whether there was anything. */
  purge(service: string, tool: string, exceptSubject?: string): boolean;
  /** The tools that have kept something. */
  tools(service: string): string[];
  /** How many bytes each tool keeps, for whoever wants to see it. */
  sizes(service: string): readonly { readonly tool: string; readonly bytes: number }[];
}

export function createToolDataStore(database: Database): ToolDataStore {
  const find = database
    .prepare<[string, string, string, string], string>(
      'SELECT value FROM tool_data WHERE service = ? AND tool = ? AND subject = ? AND key = ?',
    )
    .pluck();
  const insert = database.prepare<[string, string, string, string, string]>(
    'INSERT OR REPLACE INTO tool_data VALUES (?, ?, ?, ?, ?)',
  );
  const countOthers = database
    .prepare<[string, string, string], number>(
      'SELECT count(*) FROM tool_data WHERE service = ? AND tool = ? AND key <> ?',
    )
    .pluck();
  const drop = database.prepare<[string, string, string, string]>(
    'DELETE FROM tool_data WHERE service = ? AND tool = ? AND subject = ? AND key = ?',
  );
  const dropAll = database.prepare<[string, string]>(
    'DELETE FROM tool_data WHERE service = ? AND tool = ?',
  );
  const dropOthers = database.prepare<[string, string, string]>(
    'DELETE FROM tool_data WHERE service = ? AND tool = ? AND subject <> ?',
  );
  const sizes = database.prepare<[string], { tool: string; bytes: number }>(
    `SELECT tool, sum(length(CAST(key AS BLOB)) + length(CAST(value AS BLOB))) AS bytes
     FROM tool_data WHERE service = ? GROUP BY tool`,
  );
  return {
    get: ({ service, tool, subject }, key) => find.get(service, tool, subject, key) ?? null,
    put({ service, tool, subject }, key, value) {
      if (key.length + value.length > LONGEST_TOOL_VALUE) return false;
      if ((countOthers.get(service, tool, key) ?? 0) >= MOST_TOOL_KEYS) return false;
      insert.run(service, tool, subject, key, value);
      return true;
    },
    remove: ({ service, tool, subject }, key) => void drop.run(service, tool, subject, key),
    purge(service, tool, exceptSubject) {
      const { changes } =
        exceptSubject === undefined
          ? dropAll.run(service, tool)
          : dropOthers.run(service, tool, exceptSubject);
      return changes > 0;
    },
    tools: (service) => sizes.all(service).map(({ tool }) => tool),
    sizes: (service) => sizes.all(service),
  };
}
