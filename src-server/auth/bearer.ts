/** The token of an `Authorization` header (RFC 6750, section 2.1), or undefined when there is none of our form. */
export function bearerToken(header: string | undefined): string | undefined {
  // The scheme's name is case-insensitive (RFC 9110, section 11.1); a token has exactly the form we hand out.
  return /^bearer +([A-Za-z0-9_-]{43})$/i.exec(header ?? '')?.[1];
}
