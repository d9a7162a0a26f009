/**
 * The first place where two JSON values differ, such as `$.parts[0].records[2].event_time`; null where they are the same.
 * The order of members does not matter.
 */
export function firstDifference(one: unknown, other: unknown, path: string): string | null {
  if (!isBranch(one) || !isBranch(other) || Array.isArray(one) !== Array.isArray(other)) {
    return Object.is(one, other) ? null : path;
  }
  for (const name of new Set([...Object.keys(one), ...Object.keys(other)])) {
    const place = Array.isArray(one) ? `${path}[${name}]` : `${path}.${name}`;
    if (!Object.hasOwn(one, name) || !Object.hasOwn(other, name)) return place;
    const found = firstDifference(one[name], other[name], place);
    if (found !== null) return found;
  }
  return null;
}

function isBranch(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
