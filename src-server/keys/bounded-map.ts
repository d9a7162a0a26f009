/** A map that drops what was not asked for longest once it holds more than `most`. */
export interface BoundedMap<Value> {
  /** The value under `key`; made, and kept, when it is not there. */
  readonly get: (key: string, make: () => Value) => Value;
}

/** A bounded map; it exists so that what strangers name cannot fill the memory. */
export function createBoundedMap<Value>(most: number): BoundedMap<Value> {
  const kept = new Map<string, { readonly value: Value }>();
  return {
    get(key, make) {
      const entry = kept.get(key) ?? { value: make() };
      // Put back at the end, so that the first one is the one not asked for longest.
      kept.delete(key);
      kept.set(key, entry);
      const [oldest] = kept.keys();
      if (kept.size > most && oldest !== undefined) kept.delete(oldest);
      return entry.value;
    },
  };
}
