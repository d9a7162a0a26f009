import { failed, ok, type Result } from '../result.js';
import { MAX_DEPTH } from './canonical.js';
import { createJsonCursor, JsonStop, type JsonCursor, type JsonReason } from './json-cursor.js';
import { readNumber, readString } from './json-scalars.js';

/** Where a text is not strict JSON, and why. */
export interface JsonFault {
  readonly reason: JsonReason;
  /** Position in the text, in UTF-16 code units from 0. */
  readonly at: number;
  /** The member or element that was being read, such as `$.a[2]`. */
  readonly path: string;
}

export interface JsonLimits {
  /** Longest text, in UTF-8 bytes. */
  readonly maxBytes: number;
  /** Deepest nesting of arrays and objects. */
  readonly maxDepth?: number;
}

/**
 * Reads JSON that is going to be hashed: I-JSON (RFC 7493) with whole numbers only, so that what is read is what was
 * written, all of it. `JSON.parse` keeps the last of two members with one name, rounds long numbers and lets lone
 * surrogates pass; two programs would then hash different things for one text.
 * @returns the value, or the first fault.
 */
export function parseStrictJson(
  text: string,
  { maxBytes, maxDepth = MAX_DEPTH }: JsonLimits,
): Result<unknown, JsonFault> {
  const start = { at: 0, path: '$' };
  // No UTF-8 text has fewer bytes than UTF-16 units, so that a huge text is refused without being encoded first.
  if (text.length > maxBytes || new TextEncoder().encode(text).byteLength > maxBytes) {
    return failed({ ...start, reason: 'too-large' });
  }
  if (text.startsWith('\ufeff')) return failed({ ...start, reason: 'byte-order-mark' });
  const cursor = createJsonCursor(text);
  try {
    const value = readValue(cursor, '$', maxDepth);
    cursor.skipSpace();
    if (!cursor.atEnd()) cursor.stop('trailing-text', '$');
    return ok(value);
  } catch (error) {
    if (!(error instanceof JsonStop)) throw error;
    return failed({ reason: error.reason, at: error.at, path: error.path });
  }
}

/** The same for the bytes of a file or an answer, which have to be UTF-8. */
export function parseStrictJsonBytes(
  bytes: Uint8Array,
  limits: JsonLimits,
): Result<unknown, JsonFault> {
  const start = { at: 0, path: '$' };
  if (bytes.byteLength > limits.maxBytes) return failed({ ...start, reason: 'too-large' });
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return failed({ ...start, reason: 'not-utf-8' });
  }
  return parseStrictJson(text, limits);
}

const LITERALS = [
  ['null', null],
  ['true', true],
  ['false', false],
] as const;

/** @param depthLeft how many more levels of arrays and objects may open. */
function readValue(cursor: JsonCursor, path: string, depthLeft: number): unknown {
  cursor.skipSpace();
  const next = cursor.peek();
  if (next === '{' || next === '[') {
    if (depthLeft === 0) cursor.stop('too-deep', path);
    return next === '{'
      ? readObject(cursor, path, depthLeft - 1)
      : readArray(cursor, path, depthLeft - 1);
  }
  if (next === '"') return readString(cursor, path);
  if (next === '-' || (next >= '0' && next <= '9')) return readNumber(cursor, path);
  for (const [word, value] of LITERALS) if (cursor.take(word)) return value;
  return cursor.stopHere(path);
}

function readArray(cursor: JsonCursor, path: string, depthLeft: number): unknown[] {
  const elements: unknown[] = [];
  cursor.take('[');
  cursor.skipSpace();
  if (cursor.take(']')) return elements;
  for (;;) {
    elements.push(readValue(cursor, `${path}[${elements.length}]`, depthLeft));
    cursor.skipSpace();
    if (cursor.take(']')) return elements;
    if (!cursor.take(',')) cursor.stopHere(path);
  }
}

function readObject(cursor: JsonCursor, path: string, depthLeft: number): Record<string, unknown> {
  const members: Record<string, unknown> = {};
  cursor.take('{');
  cursor.skipSpace();
  if (cursor.take('}')) return members;
  for (;;) {
    cursor.skipSpace();
    const at = cursor.at();
    if (cursor.peek() !== '"') cursor.stopHere(path);
    const name = readString(cursor, path);
    const memberPath = `${path}.${name}`;
    // Assigning to `__proto__` would change what the object inherits instead of giving it a member.
    if (name === '__proto__') cursor.stop('forbidden-name', memberPath, at);
    if (Object.hasOwn(members, name)) cursor.stop('duplicate-name', memberPath, at);
    cursor.skipSpace();
    if (!cursor.take(':')) cursor.stopHere(memberPath);
    members[name] = readValue(cursor, memberPath, depthLeft);
    cursor.skipSpace();
    if (cursor.take('}')) return members;
    if (!cursor.take(',')) cursor.stopHere(path);
  }
}
