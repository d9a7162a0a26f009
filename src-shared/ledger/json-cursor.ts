/** Why a text is not strict JSON. */
export type JsonReason =
  /** More bytes than allowed. */
  | 'too-large'
  /** Bytes that are no UTF-8. */
  | 'not-utf-8'
  /** A byte order mark at the start (RFC 8259, section 8.1). */
  | 'byte-order-mark'
  /** The text stops in the middle. */
  | 'unexpected-end'
  /** A character that JSON does not allow there. */
  | 'unexpected-character'
  /** Something follows the value. */
  | 'trailing-text'
  /** Nested deeper than allowed. */
  | 'too-deep'
  /** Two members of one object have the same name. */
  | 'duplicate-name'
  /** A member named `__proto__`. */
  | 'forbidden-name'
  /** Half of a surrogate pair, raw or escaped (RFC 7493, section 2.1). */
  | 'lone-surrogate'
  /** A backslash followed by what is no escape. */
  | 'bad-escape'
  /** A control character inside a string that is not escaped. */
  | 'control-character'
  /** A number with a fraction, an exponent, a leading zero, or the minus of `-0`. */
  | 'not-an-integer'
  /** An integer beyond 2^53 - 1 either way (RFC 7493, section 2.2). */
  | 'unsafe-integer';

/** Ends the reading; it never leaves the parser. */
export class JsonStop extends Error {
  constructor(
    readonly reason: JsonReason,
    readonly at: number,
    readonly path: string,
  ) {
    super(reason);
    this.name = 'JsonStop';
  }
}

/** A place in a text that moves forward. */
export interface JsonCursor {
  readonly at: () => number;
  readonly atEnd: () => boolean;
  /** The character here; empty at the end. */
  readonly peek: () => string;
  /** Moves over `expected` if it stands here. */
  readonly take: (expected: string) => boolean;
  /** The longest text from here that a sticky pattern matches, moved over; empty where it does not match. */
  readonly takeMatch: (pattern: RegExp) => string;
  /** Moves over the four kinds of space JSON knows (RFC 8259, section 2). */
  readonly skipSpace: () => void;
  readonly stop: (reason: JsonReason, path: string, at?: number) => never;
  /** Stops because of what stands here, or because nothing does. */
  readonly stopHere: (path: string) => never;
}

export function createJsonCursor(text: string): JsonCursor {
  let position = 0;
  const stop = (reason: JsonReason, path: string, at = position): never => {
    throw new JsonStop(reason, at, path);
  };
  const takeMatch = (pattern: RegExp): string => {
    pattern.lastIndex = position;
    const found = pattern.exec(text)?.[0] ?? '';
    position += found.length;
    return found;
  };
  const space = /[ \t\n\r]*/y;
  return {
    at: () => position,
    atEnd: () => position >= text.length,
    peek: () => text.charAt(position),
    take(expected) {
      const there = text.startsWith(expected, position);
      if (there) position += expected.length;
      return there;
    },
    takeMatch,
    skipSpace: () => void takeMatch(space),
    stop,
    stopHere: (path) =>
      stop(position >= text.length ? 'unexpected-end' : 'unexpected-character', path),
  };
}
