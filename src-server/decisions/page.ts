/** A kept decision as a pull reads it. */
export interface PageRow {
  readonly position: number;
  /** Canonical JSON. */
  readonly jcs: string;
  readonly receivedAtMs: number;
}

/** What one answer to a pull carries. */
export interface Page {
  readonly rows: readonly PageRow[];
  /** Position up to which everything has been read. */
  readonly upTo: number;
  readonly more: boolean;
}

/** Members around each decision (`decision`, `receivedAt`, braces, comma), rounded up, in bytes. */
const FRAME_BYTES = 80;

/**
 * Cuts a page from rows in order. Besides the number of rows, bytes bound it, since no answer may be longer than a client
 * reads; a page of one row is always possible because a decision is far smaller than that.
 * @param rows up to one row more than `limit`, so that it is known whether more follow.
 * @param after the position the client had read up to.
 */
export function cutPage(
  rows: readonly PageRow[],
  after: number,
  limit: number,
  maxBytes: number,
): Page {
  let bytes = 0;
  let count = 0;
  for (const row of rows.slice(0, limit)) {
    bytes += Buffer.byteLength(row.jcs) + FRAME_BYTES;
    if (count > 0 && bytes > maxBytes) break;
    count += 1;
  }
  const taken = rows.slice(0, count);
  return { rows: taken, upTo: taken.at(-1)?.position ?? after, more: rows.length > count };
}
