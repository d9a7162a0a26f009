/** Deepest nesting of arrays and objects that may be hashed. */
export const MAX_DEPTH = 16;
/** Largest canonical text of a decision, in UTF-8 bytes. */
export const MAX_BYTES = 64 * 1024;
/** Largest canonical text of a policy's label card and sections, in UTF-8 bytes: the same bound as an HTTP body. */
export const MAX_POLICY_BYTES = 1024 * 1024;

/** Most UTF-8 bytes that one UTF-16 unit of a text can take. */
const MOST_BYTES_PER_UNIT = 3;
/** Printable ASCII that JSON writes as it is: most of what decisions are made of, and quicker told than escaped. */
const AS_IT_IS = /^[ !#-[\]-~]*$/;

/** Says why a value has no canonical form; `path` leads to the offending place. */
export class NotCanonicalError extends Error {
  constructor(
    readonly path: string,
    readonly reason: string,
  ) {
    super(`${path}: ${reason}`);
    this.name = 'NotCanonicalError';
  }
}

/**
 * The canonical JSON of a value (JCS, RFC 8785), limited to I-JSON (RFC 7493) and to integers, so that every
 * implementation hashes the same bytes.
 *
 * Members are in the order of their names' UTF-16 units (section 3.2.3), which is how `sort` compares. Texts are escaped as
 * `JSON.stringify` does (section 3.2.2.2), which is what the RFC took over; whole numbers have the same digits in both.
 * @throws NotCanonicalError for anything outside those limits, deeper than {@link MAX_DEPTH} or longer than `maxBytes`.
 */
export function canonicalJson(value: unknown, maxBytes: number = MAX_BYTES): string {
  const text = textOf(value, null, 0);
  const mayBeLonger = text.length * MOST_BYTES_PER_UNIT > maxBytes;
  if (mayBeLonger && new TextEncoder().encode(text).byteLength > maxBytes) {
    throw new NotCanonicalError('$', `is longer than ${maxBytes} bytes`);
  }
  return text;
}

/** Where a value stands, from the innermost outward: put into words only when something is wrong there. */
interface Place {
  readonly inside: Place | null;
  readonly step: string | number;
}

function textOf(value: unknown, place: Place | null, depth: number): string {
  if (depth > MAX_DEPTH) throw refused(place, `is nested deeper than ${MAX_DEPTH}`);
  switch (typeof value) {
    case 'string':
      return quoted(value, place, '');
    case 'number':
      if (!Number.isSafeInteger(value)) throw refused(place, 'is not a safe integer');
      return String(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value)
        ? arrayText(value, place, depth)
        : objectText(value, place, depth);
    default:
      throw refused(place, `is a ${typeof value}`);
  }
}

function arrayText(values: readonly unknown[], place: Place | null, depth: number): string {
  let text = '[';
  // An index loop, because others would silently pass over the holes of a sparse array.
  for (let index = 0; index < values.length; index += 1) {
    if (index > 0) text += ',';
    text += textOf(values[index], { inside: place, step: index }, depth + 1);
  }
  return `${text}]`;
}

function objectText(value: object, place: Place | null, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw refused(place, 'is not a plain object');
  }
  let text = '{';
  for (const name of Object.keys(value).sort()) {
    if (name === '__proto__') throw refused(place, 'has a member named __proto__');
    const member = (value as Readonly<Record<string, unknown>>)[name];
    if (text.length > 1) text += ',';
    text += `${quoted(name, place, ' (a member name)')}:`;
    text += textOf(member, { inside: place, step: name }, depth + 1);
  }
  // A hidden way to write itself would make `JSON.stringify` say something else of it than is hashed here.
  if ('toJSON' in value) throw refused(place, 'has no JSON form');
  return `${text}}`;
}

function quoted(text: string, place: Place | null, what: string): string {
  if (AS_IT_IS.test(text)) return `"${text}"`;
  if (!text.isWellFormed()) throw refused(place, 'has a lone surrogate', what);
  return JSON.stringify(text);
}

function refused(place: Place | null, reason: string, what = ''): NotCanonicalError {
  let path = '';
  for (let one = place; one !== null; one = one.inside) {
    path = (typeof one.step === 'number' ? `[${one.step}]` : `.${one.step}`) + path;
  }
  return new NotCanonicalError(`$${path}${what}`, reason);
}
