/** A place in a JSON value: the keys and indexes that lead to it. */
export type Place = readonly (string | number)[];

/** Every place below the root of a JSON value, parents before children. */
export function placesIn(value: unknown, at: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const keys: (string | number)[] = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return keys.flatMap((key) => {
    const place = [...at, key];
    return [place, ...placesIn(valueAt(value, [key]), place)];
  });
}

/** What lies at a place; undefined when nothing does. */
export function valueAt(value: unknown, place: Place): unknown {
  return place.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined,
    value,
  );
}

/** A copy of a JSON value in which `put` lies at `place`; `undefined` takes the member away. */
export function withValueAt(value: unknown, place: Place, put: unknown): unknown {
  // By way of text, so that an object the sample uses twice becomes two and only one of them changes.
  const copy: unknown = JSON.parse(JSON.stringify(value));
  const parent = valueAt(copy, place.slice(0, -1));
  const key = place.at(-1);
  if (typeof parent !== 'object' || parent === null || key === undefined) {
    throw new Error(`no such place: ${place.join('.')}`);
  }
  if (put === undefined) Reflect.deleteProperty(parent, key);
  else Reflect.set(parent, key, put);
  return copy;
}
