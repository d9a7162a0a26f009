import type { JsonCursor } from './json-cursor.js';

const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** Reads a string at the cursor, which stands on its opening quote (RFC 8259, section 7). */
export function readString(cursor: JsonCursor, path: string): string {
  const start = cursor.at();
  // Patterns are made anew each time, because a sticky pattern remembers where it was.
  const plain = /[ !#-[\]-\uffff]+/y;
  const hex = /[0-9a-fA-F]{4}/y;
  let text = '';
  cursor.take('"');
  for (;;) {
    text += cursor.takeMatch(plain);
    if (cursor.take('"')) break;
    const at = cursor.at();
    if (!cursor.take('\\')) {
      if (cursor.atEnd()) cursor.stopHere(path);
      cursor.stop('control-character', path);
    }
    const short = SHORT_ESCAPES[cursor.peek()];
    if (short !== undefined) {
      cursor.take(cursor.peek());
      text += short;
      continue;
    }
    const digits = cursor.take('u') ? cursor.takeMatch(hex) : '';
    if (digits === '') cursor.stop('bad-escape', path, at);
    text += String.fromCharCode(Number.parseInt(digits, 16));
  }
  // Looked at as a whole, because the two halves of a pair may be written one raw and one escaped.
  if (!text.isWellFormed()) cursor.stop('lone-surrogate', path, start);
  return text;
}

/** Reads a whole number in its only form: no fraction, exponent, leading zero or `-0`. */
export function readNumber(cursor: JsonCursor, path: string): number {
  const start = cursor.at();
  const written = cursor.takeMatch(/[-+.0-9eE]+/y);
  if (!/^(0|-?[1-9][0-9]*)$/.test(written)) cursor.stop('not-an-integer', path, start);
  const value = Number(written);
  if (!Number.isSafeInteger(value)) cursor.stop('unsafe-integer', path, start);
  return value;
}
