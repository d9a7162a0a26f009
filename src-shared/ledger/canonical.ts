import canonicalize from 'canonicalize';

/** Deepest nesting of arrays and objects that may be hashed. */
export const MAX_DEPTH = 16;
/** Largest canonical text of a decision, in UTF-8 bytes. */
export const MAX_BYTES = 64 * 1024;
/** Largest canonical text of a policy's label card and sections, in UTF-8 bytes: the same bound as an HTTP body. */
export const MAX_POLICY_BYTES = 1024 * 1024;

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
 * The library does the ordering and escaping; the checks here come first because it lets lone surrogates,
 * fractions and unsafe integers pass.
 * @throws NotCanonicalError for anything outside those limits, deeper than {@link MAX_DEPTH} or longer than `maxBytes`.
 */
export function canonicalJson(value: unknown, maxBytes: number = MAX_BYTES): string {
  check(value, '$', 0);
  const text = canonicalize(value);
  if (text === undefined) throw new NotCanonicalError('$', 'has no JSON form');
  if (new TextEncoder().encode(text).byteLength > maxBytes) {
    throw new NotCanonicalError('$', `is longer than ${maxBytes} bytes`);
  }
  return text;
}

function check(value: unknown, path: string, depth: number): void {
  if (depth > MAX_DEPTH) throw new NotCanonicalError(path, `is nested deeper than ${MAX_DEPTH}`);
  switch (typeof value) {
    case 'string':
      checkText(value, path);
      return;
    case 'number':
      if (!Number.isSafeInteger(value)) throw new NotCanonicalError(path, 'is not a safe integer');
      return;
    case 'boolean':
      return;
    case 'object':
      checkObject(value, path, depth);
      return;
    default:
      throw new NotCanonicalError(path, `is a ${typeof value}`);
  }
}

function checkObject(value: object | null, path: string, depth: number): void {
  if (value === null) return;
  if (Array.isArray(value)) {
    // An index loop, because forEach would silently pass over the holes of a sparse array.
    for (let index = 0; index < value.length; index += 1) {
      check(value[index], `${path}[${index}]`, depth + 1);
    }
    return;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new NotCanonicalError(path, 'is not a plain object');
  }
  for (const [key, member] of Object.entries(value)) {
    if (key === '__proto__') throw new NotCanonicalError(path, 'has a member named __proto__');
    checkText(key, `${path} (a member name)`);
    check(member, `${path}.${key}`, depth + 1);
  }
}

function checkText(text: string, path: string): void {
  if (!text.isWellFormed()) throw new NotCanonicalError(path, 'has a lone surrogate');
}
