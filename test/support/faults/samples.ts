import Database from 'better-sqlite3';

/** One bit of a file. */
export interface Bit {
  readonly offset: number;
  /** 0 to 7. */
  readonly bit: number;
}

/** A stream of numbers from 0 up to but not including 1, the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Any bit of the first `length` bytes. */
export function anyBit(length: number, random: () => number): Bit {
  return { offset: Math.floor(random() * length), bit: Math.floor(random() * 8) };
}

/**
 * The pages of a database by the table or index they belong to, so that the small ones get their share of the samples too.
 * Page 1 begins with the header and belongs to the schema.
 */
export function pagesByTable(file: string): {
  readonly pageSize: number;
  readonly tables: readonly (readonly number[])[];
} {
  const database = new Database(file, { readonly: true });
  try {
    const pageSize = Number(database.pragma('page_size', { simple: true }));
    const rows = database
      .prepare<[], { name: string; page: number }>('SELECT name, pageno AS page FROM dbstat')
      .all();
    const tables = new Map<string, number[]>();
    for (const { name, page } of rows) tables.set(name, [...(tables.get(name) ?? []), page]);
    return { pageSize, tables: [[1], ...tables.values()] };
  } finally {
    database.close();
  }
}

/** A bit of a page of a table that is picked first, all tables alike. */
export function bitOfSomeTable(
  { pageSize, tables }: ReturnType<typeof pagesByTable>,
  random: () => number,
): Bit {
  const pages = tables[Math.floor(random() * tables.length)] ?? [1];
  const page = pages[Math.floor(random() * pages.length)] ?? 1;
  const { offset, bit } = anyBit(pageSize, random);
  return { offset: (page - 1) * pageSize + offset, bit };
}
