/** Something that stands in an order and takes room in an answer. */
export interface PageItem {
  readonly position: number;
  /** Upper bound of its size in the answer. */
  readonly bytes: number;
}

/** What one answer to a pull carries. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Position up to which everything has been read. */
  readonly upTo: number;
  readonly more: boolean;
}

/**
 * Cuts a page from items in order. Besides the number of items, bytes bound it, since no answer may be longer than a
 * client reads; a page of one item is always possible because an entry is far smaller than that.
 * @param items up to one more than `limit`, so that it is known whether more follow.
 * @param after the position the client had read up to.
 */
export function cutPage<Item extends PageItem>(
  items: readonly Item[],
  after: number,
  limit: number,
  maxBytes: number,
): Page<Item> {
  let bytes = 0;
  let count = 0;
  for (const item of items.slice(0, limit)) {
    bytes += item.bytes;
    if (count > 0 && bytes > maxBytes) break;
    count += 1;
  }
  const taken = items.slice(0, count);
  return { items: taken, upTo: taken.at(-1)?.position ?? after, more: items.length > count };
}
