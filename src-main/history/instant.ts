/** The last moment a date can name (ECMA-262, section 21.4.1.1), in milliseconds since 1970. */
const LAST_MS = 8.64e15;

/** A moment in UTC, RFC 3339. A number that a damaged file makes impossible is brought into reach rather than thrown on. */
export function instantOf(ms: number): string {
  return new Date(Math.min(Math.max(ms, 0), LAST_MS)).toISOString();
}
