/** What `JSON.parse` made, looked at without a schema where one would cost too much. */
export type Members = Readonly<Record<string, unknown>>;

/** The members of an object; null for anything else. */
export function membersOf(value: unknown): Members | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Members)
    : null;
}

/** Whether it is a string of that form. */
export function is(pattern: RegExp, value: unknown): value is string {
  return typeof value === 'string' && pattern.test(value);
}

/**
 * The same test, which remembers what passed last: of many things read one after another nearly all say the same there, and to
 * compare takes less than to look through.
 */
export function remembering(pattern: RegExp): (value: unknown) => value is string {
  let good: string | undefined;
  return (value): value is string => {
    if (value === good) return good !== undefined;
    if (!is(pattern, value)) return false;
    good = value;
    return true;
  };
}
