import type { Duplex } from 'node:stream';
import { problemOf } from './problem.js';
import { PROBLEM_MEDIA_TYPE } from './send-problem.js';

const STATUS_TEXTS = new Map([
  [400, 'Bad Request'],
  [408, 'Request Timeout'],
  [431, 'Request Header Fields Too Large'],
]);

/** Answers bytes that are not HTTP, headers that are too long or too slow: those never reach a route. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Duplex): void {
  // The client is gone, so there is nobody to answer.
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const status = statusOf(error.code);
  const body = JSON.stringify(problemOf('bad-request', undefined, status));
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_TEXTS.get(status) ?? ''}`,
      `Content-Type: ${PROBLEM_MEDIA_TYPE}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}

function statusOf(code: string | undefined): number {
  if (code === 'HPE_HEADER_OVERFLOW') return 431;
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
}
