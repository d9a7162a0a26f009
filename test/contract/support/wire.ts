import { connect } from 'node:net';
import type { DrawnRequest } from './requests.js';

/** What came back, as far as it is HTTP. */
export interface WireAnswer {
  readonly status: number;
  /** Names in lower case; the last one where a name came twice. */
  readonly headers: ReadonlyMap<string, string>;
  /** Null for a stream, of which only the head is read. */
  readonly body: string | null;
}

const TOKENS = { odd: 'Bearer \u00e9\u00ff=', none: '' };
const LATE_MS = 10_000;

/**
 * Sends the bytes of a request on a connection of its own, without any client in between that would mend them.
 * @returns null where the server closed the connection without a word.
 * @throws where it does neither in time.
 */
export async function sendOnWire(
  origin: string,
  request: DrawnRequest,
  token: string,
): Promise<WireAnswer | null> {
  const { hostname, port, host } = new URL(origin);
  const bytes =
    request.kind === 'raw' && request.body ? request.body : bytesOf(request, host, token);
  const socket = connect(Number(port), hostname);
  const late = setTimeout(() => socket.destroy(new Error('no answer in time')), LATE_MS);
  const parts: Buffer[] = [];
  // Whatever a server does not want to read to its end it may cut off; what it had said before counts.
  let broken: NodeJS.ErrnoException | null = null;
  try {
    await new Promise<void>((done) => {
      socket.on('error', (error) => (broken = error));
      socket.on('close', () => done());
      socket.on('data', (part) => {
        parts.push(part);
        if (isStreamHead(Buffer.concat(parts).toString('latin1'))) socket.destroy();
      });
      // A server may take the end of what it is sent for the end of the caller, so only what may be waited for ends.
      if (mayLackAnEnd(request)) socket.end(bytes);
      else socket.write(bytes);
    });
  } finally {
    clearTimeout(late);
  }
  const text = Buffer.concat(parts).toString('latin1');
  if (text !== '') return parse(text);
  const cut = broken as NodeJS.ErrnoException | null;
  if (cut && cut.code !== 'ECONNRESET' && cut.code !== 'EPIPE') throw cut;
  return null;
}

/** Whether a server may wait for more of the request than there is. */
function mayLackAnEnd({ kind, headers }: DrawnRequest): boolean {
  return (
    kind === 'raw' || headers.some(([name]) => /^(transfer-encoding|content-length)$/.test(name))
  );
}

function bytesOf(request: DrawnRequest, host: string, token: string): Uint8Array {
  const { method, path, headers, bearer, body } = request;
  const authorization = bearer === 'good' ? `Bearer ${token}` : TOKENS[bearer];
  const lines = [
    `${method} ${path} HTTP/1.1`,
    `host: ${host}`,
    'connection: close',
    ...(authorization ? [`authorization: ${authorization}`] : []),
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...(body ? [`content-length: ${body.byteLength}`] : []),
  ];
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  return Buffer.concat([head, body ?? new Uint8Array()]);
}

function isStreamHead(text: string): boolean {
  const end = text.indexOf('\r\n\r\n');
  return end >= 0 && /^content-type: *text\/event-stream/im.test(text.slice(0, end));
}

function parse(text: string): WireAnswer {
  const end = text.indexOf('\r\n\r\n');
  const [statusLine = '', ...lines] = text.slice(0, end).split('\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(statusLine)?.[1]);
  const rest = text.slice(end + 4);
  // "100 Continue" comes before the answer.
  if (status < 200) return parse(rest);
  if (end < 0 || Number.isNaN(status)) throw new Error(`no HTTP: ${text.slice(0, 200)}`);
  const headers = new Map(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  if (isStreamHead(text)) return { status, headers, body: null };
  const length = headers.get('content-length');
  const whole = length === undefined ? unchunked(headers, rest) : rest.slice(0, Number(length));
  return { status, headers, body: Buffer.from(whole, 'latin1').toString() };
}

function unchunked(headers: ReadonlyMap<string, string>, text: string): string {
  if (headers.get('transfer-encoding') !== 'chunked') return text;
  let rest = text;
  let whole = '';
  for (;;) {
    const end = rest.indexOf('\r\n');
    const length = Number.parseInt(rest.slice(0, end), 16);
    if (!(length > 0)) return whole;
    whole += rest.slice(end + 2, end + 2 + length);
    rest = rest.slice(end + 2 + length + 2);
  }
}
