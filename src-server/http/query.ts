/**
 * Reads a query string. A name without a value counts as absent, so that `?version=&lang=` asks for nothing in
 * particular; of a name given twice the last one counts.
 */
export function parseQuery(query: string): Record<string, string> {
  return Object.fromEntries([...new URLSearchParams(query)].filter(([, value]) => value !== ''));
}
