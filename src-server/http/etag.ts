/**
 * Whether an `If-None-Match` header names the validator of what would be sent. Compared weakly, as the header asks
 * (RFC 9110, section 13.1.2).
 */
export function matchesEtag(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === '*') return true;
  return [...ifNoneMatch.matchAll(/"[^"]*"/g)].some(([given]) => given === etag);
}
