const HEADER_END = '\r\n\r\n';

/**
 * Whether these bytes are a whole HTTP/1.1 request (RFC 9112, section 6) with a body counted by `Content-Length` or none.
 */
export function isWholeRequest(bytes: Buffer): boolean {
  const headerEnd = bytes.indexOf(HEADER_END);
  if (headerEnd === -1) return false;
  const length = /^content-length: *(\d+)/im.exec(bytes.subarray(0, headerEnd).toString('latin1'));
  return bytes.length >= headerEnd + HEADER_END.length + Number(length?.[1] ?? 0);
}

/** Method and path without the query, such as `POST /alpha/v1/decisions`; null while the first line is not there. */
export function askedFor(bytes: Buffer): string | null {
  const line = /^([A-Z]+) ([^ ?]*)\S* HTTP\/1\.1\r\n/.exec(bytes.toString('latin1'));
  return line ? `${line[1] ?? ''} ${line[2] ?? ''}` : null;
}
