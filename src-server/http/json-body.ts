import { isAscii } from 'node:buffer';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Problem } from '../../src-shared/api-contract.js';
import { failed, ok, type Result } from '../../src-shared/result.js';
import { ProblemError, problemOf } from './problem.js';

/**
 * Makes JSON the only kind of body the server reads; everything else is answered with 415. The bytes have to be UTF-8
 * (RFC 8259, section 8.1). Members such as `__proto__` are left where they are: schemas build their own objects, and one
 * entry that has such a member must not spoil the batch it comes in.
 */
export function readOnlyJson(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    (_request: FastifyRequest, body: Buffer, done) => {
      const parsed = parseJson(body);
      if (parsed.ok) done(null, parsed.value);
      else done(new ProblemError(parsed.error));
    },
  );
}

/**
 * @returns what the bytes say, undefined for no bytes at all (as with a DELETE that only carries the header), or a problem
 *   that does not quote the body, unlike the parser's own error.
 */
function parseJson(bytes: Buffer): Result<unknown, Problem> {
  if (bytes.byteLength === 0) return ok(undefined);
  try {
    const said: unknown = JSON.parse(textOf(bytes));
    return ok(said);
  } catch {
    return failed(problemOf('bad-request', 'The body is not JSON in UTF-8.'));
  }
}

/** @throws TypeError for what is not UTF-8. Nearly everything is ASCII, which needs no decoding. */
function textOf(bytes: Buffer): string {
  if (isAscii(bytes)) return bytes.toString('latin1');
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}
