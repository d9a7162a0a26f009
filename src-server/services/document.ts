import { createHash } from 'node:crypto';

/** A body that is made once and served as it is, with the strong validator of its very bytes (RFC 9110, section 8.8.1). */
export interface Document {
  readonly body: string;
  readonly etag: string;
}

/** The JSON of `value` as a document. */
export function documentOf(value: unknown): Document {
  const body = JSON.stringify(value);
  const hash = createHash('sha256').update(body).digest('base64url');
  return { body, etag: `"${hash}"` };
}
