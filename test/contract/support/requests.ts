import fc, { type Arbitrary } from 'fast-check';
import type { JsonSchema, Operation } from './api-document.js';
import { oneOf, valuesOf, type Known } from './schema-values.js';
import { spoiled } from './spoiled-json.js';

/** A request as it goes over the wire; the token, if it has one, is filled in when it is sent. */
export interface DrawnRequest {
  /** `good`: the document allows it. `raw`: bytes that need not even be HTTP. */
  readonly kind: 'good' | 'spoiled' | 'raw';
  /** The call it was made for. */
  readonly operation: Operation | null;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly bearer: 'good' | 'none' | 'odd';
  /** For `raw` the whole request. */
  readonly body: Uint8Array | null;
}

const JSON_TYPE = ['content-type', 'application/json'] as const;
const PARAMETER = /\{(\w+)\}/g;

/** Requests to the service at `prefix`, such as `/alpha`, made from what its document says of its calls. */
export function requestsOf(
  operations: readonly Operation[],
  prefix: string,
  known: Known,
): Arbitrary<DrawnRequest> {
  const good = operations.map((operation) => goodRequest(operation, prefix, known));
  const bad = operations.map((operation) => spoiledRequest(operation, prefix, known));
  return fc.oneof(
    { weight: 6, arbitrary: fc.oneof(...good) },
    { weight: 10, arbitrary: fc.oneof(...bad) },
    { weight: 1, arbitrary: RAW },
  );
}

function goodRequest(operation: Operation, prefix: string, known: Known): Arbitrary<DrawnRequest> {
  const schema = bodySchema(operation);
  const body = schema ? valuesOf(schema, known).map(utf8) : fc.constant(null);
  return fc.record({ path: pathOf(operation, known), body }).map((drawn) => ({
    kind: 'good',
    operation,
    method: operation.method,
    path: prefix + drawn.path,
    headers: schema ? [JSON_TYPE] : [],
    bearer: operation.security?.some((one) => 'session' in one) ? 'good' : 'none',
    body: drawn.body,
  }));
}

function spoiledRequest(
  operation: Operation,
  prefix: string,
  known: Known,
): Arbitrary<DrawnRequest> {
  const schema = bodySchema(operation);
  const values = schema ? valuesOf(schema, known) : fc.jsonValue();
  const bodies = fc.oneof(
    { weight: 8, arbitrary: spoiled(values).map((text) => new TextEncoder().encode(text)) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 400 }) },
    { weight: 1, arbitrary: fc.constant(null) },
  );
  const paths = fc.oneof(
    { weight: 3, arbitrary: pathOf(operation, known) },
    { weight: 1, arbitrary: fc.tuple(pathOf(operation, {}), ODD_PATH_ENDS).map(([a, b]) => a + b) },
    { weight: 1, arbitrary: oddParameters(operation) },
  );
  return fc
    .record({
      method: fc.oneof(
        { weight: 6, arbitrary: fc.constant(operation.method) },
        {
          weight: 1,
          arbitrary: fc.constantFrom('HEAD', 'PUT', 'PATCH', 'OPTIONS', 'QUERY', 'TRACE'),
        },
      ),
      path: paths,
      headers: fc.array(ODD_HEADERS, { maxLength: 3 }),
      typed: fc.boolean(),
      bearer: fc.constantFrom('good', 'good', 'none', 'odd'),
      body: bodies,
    })
    .map(({ typed, ...drawn }) => ({
      ...drawn,
      kind: 'spoiled',
      operation,
      path: prefix + drawn.path,
      // A second content type is an odd thing too.
      headers: typed ? [JSON_TYPE, ...drawn.headers] : drawn.headers,
    }));
}

function bodySchema({ requestBody }: Operation): JsonSchema | undefined {
  return requestBody?.content['application/json']?.schema;
}

function utf8(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

/** The path with its parameters filled in, and a query of some of those that the call knows. */
function pathOf(operation: Operation, known: Known): Arbitrary<string> {
  const drawn = operation.parameters.map(({ name, schema }) => {
    const values = valuesOf(schema, known);
    const those = known[name];
    return those ? fc.oneof(oneOf(those), values) : values;
  });
  const wanted = fc.array(fc.boolean(), { minLength: drawn.length, maxLength: drawn.length });
  return fc.tuple(fc.tuple(...drawn), wanted).map(([values, some]) =>
    fillIn(operation, (index) => {
      const { in: place } = operation.parameters[index] ?? {};
      return place === 'path' || some[index] ? encodeURIComponent(textOf(values[index])) : null;
    }),
  );
}

/** The path with odd things in place of its parameters, encoded wrongly or not at all. */
function oddParameters(operation: Operation): Arbitrary<string> {
  const count = operation.parameters.length;
  return fc
    .array(ODD_TEXTS, { minLength: count, maxLength: count })
    .map((texts) => fillIn(operation, (index) => texts[index] ?? ''));
}

function fillIn(operation: Operation, valueAt: (index: number) => string | null): string {
  const { parameters, path } = operation;
  const filled = path.replaceAll(PARAMETER, (_whole, name: string) => {
    const index = parameters.findIndex((one) => one.name === name && one.in === 'path');
    return valueAt(index) ?? '';
  });
  const query = parameters.flatMap(({ name, in: place }, index) => {
    const value = place === 'query' ? valueAt(index) : null;
    return value === null ? [] : [`${name}=${value}`];
  });
  return query.length > 0 ? `${filled}?${query.join('&')}` : filled;
}

function textOf(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.toWellFormed();
}

const ODD_TEXTS = fc.constantFrom(
  '%',
  '%zz',
  '%00',
  '%ff%fe',
  '%ED%A0%80',
  '..',
  '%2e%2e%2f',
  '-1',
  '1e9',
  '0x10',
  'NaN',
  '9'.repeat(400),
  'a'.repeat(5_000),
  '%F0%9F%9A%80',
  "'%20OR%201=1--",
  '[]',
  '__proto__',
  '',
);
const ODD_PATH_ENDS = fc.constantFrom(
  '/',
  '//',
  '/..',
  '?',
  '??',
  '?=',
  '?a[b]=c',
  '?after=x&after=y',
  '?limit=1&limit=2',
  '?limit[]=3',
  '?__proto__[x]=1',
  '?%',
  '#part',
  ';v=1',
  `?x=${'y'.repeat(20_000)}`,
);
const ODD_HEADERS: Arbitrary<readonly [string, string]> = fc.oneof(
  fc.tuple(
    fc.constant('content-type'),
    fc.constantFrom(
      '',
      'text/plain',
      'application/json; charset=latin1',
      'application/json;',
      'APPLICATION/JSON',
      'application/problem+json',
      'multipart/form-data; boundary=x',
      'application/json, text/plain',
      ';;;',
    ),
  ),
  fc.constantFrom(
    ['accept', 'text/html;q=nonsense'],
    ['accept', 'application/xml'],
    ['accept-language', '*;q=-1, xx-'],
    ['content-encoding', 'gzip'],
    ['transfer-encoding', 'gzip, chunked'],
    ['content-length', '-1'],
    ['content-length', '5'],
    ['expect', '100-continue'],
    ['expect', 'a miracle'],
    ['if-none-match', '"'],
    ['if-none-match', '*'],
    ['if-modified-since', 'yesterday'],
    ['last-event-id', '\u00ff\u00fe'],
    ['last-event-id', 'x'.repeat(2_000)],
    ['range', 'bytes=9-1'],
    ['upgrade', 'websocket'],
    ['connection', 'upgrade'],
    ['cookie', 'a=b; '.repeat(900)],
    ['host', 'somewhere.example:99999'],
    ['origin', 'null'],
    ['x-forwarded-for', '999.999.999.999'],
    ['authorization', 'Basic YTpi'],
    ['authorization', 'Bearer'],
    ['x-odd', '\u0080\u00ff'],
    ['x-large', 'x'.repeat(20_000)],
    ['', 'no name'],
    ['bad name', 'x'],
    ['x-control', 'a\u0001b'],
  ),
);

/** Bytes that are not, or only nearly, HTTP. */
const RAW: Arbitrary<DrawnRequest> = fc
  .oneof(
    fc.uint8Array({ minLength: 1, maxLength: 300 }),
    fc.constantFrom(
      ...[
        'GET\r\n\r\n',
        'GET / HTTP/9.9\r\n\r\n',
        'GET / HTTP/1.1\r\n\r\n',
        'POST /alpha/v1/sessions HTTP/1.1\r\nhost: a\r\ncontent-length: 10\r\n\r\n{',
        'POST /alpha/v1/sessions HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n',
        'GET http://[ HTTP/1.1\r\nhost: a\r\n\r\n',
        'OPTIONS * HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n',
        'CONNECT a:1 HTTP/1.1\r\nhost: a\r\n\r\n',
        `GET /${'a'.repeat(70_000)} HTTP/1.1\r\nhost: a\r\n\r\n`,
        'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
        '\u0016\u0003\u0001\u0002\u0000',
      ].map((text) => Uint8Array.from(Buffer.from(text, 'latin1'))),
    ),
  )
  .map((body) => ({
    kind: 'raw',
    operation: null,
    method: '',
    path: '',
    headers: [],
    bearer: 'none',
    body,
  }));
