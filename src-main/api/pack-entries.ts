/** A request's entries as the bytes that travel. */
export type PackedEntries = Uint8Array<ArrayBuffer>;

/** Packs entries. @param entries as JSON, in the order in which they go. */
export function packEntries(entries: readonly string[]): PackedEntries {
  return new TextEncoder().encode(`{"entries":[${entries.join()}]}`);
}
