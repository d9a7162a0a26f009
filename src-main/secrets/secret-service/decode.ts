/** A message that came over the bus, as far as it is looked at. */
export interface Message {
  readonly kind: 'answer' | 'error' | 'signal' | 'other';
  /** The serial of the call that it answers; 0 where it answers none. */
  readonly answerTo: number;
  /** A signal's name. */
  readonly member: string;
  /** A signal's object. */
  readonly path: string;
  /** An error's name, such as `org.freedesktop.DBus.Error.ServiceUnknown`. */
  readonly errorName: string;
  readonly body: Buffer;
}

/** No answer that is waited for is anywhere near as long. */
const LONGEST_BYTES = 64 * 1024;
const KINDS = ['other', 'other', 'answer', 'error', 'signal'] as const;

/**
 * The first message in what has come so far, and how many bytes it takes; null while it is not whole.
 * @throws {RangeError} where it is no message that this side can read.
 */
export function decodeMessage(bytes: Buffer): { message: Message; length: number } | null {
  if (bytes.length < 16) return null;
  if (bytes[0] !== 0x6c) throw new RangeError('not little-endian');
  const bodyLength = bytes.readUInt32LE(4);
  const fieldsLength = bytes.readUInt32LE(12);
  const bodyAt = aligned(16 + fieldsLength, 8);
  const length = bodyAt + bodyLength;
  if (length > LONGEST_BYTES) throw new RangeError('too long');
  if (bytes.length < length) return null;
  const fields = readFields(bytes.subarray(0, 16 + fieldsLength));
  const message: Message = {
    kind: KINDS[bytes[1] ?? 0] ?? 'other',
    answerTo: Number(fields.get(5) ?? 0),
    member: String(fields.get(3) ?? ''),
    path: String(fields.get(1) ?? ''),
    errorName: String(fields.get(4) ?? ''),
    body: bytes.subarray(bodyAt, length),
  };
  return { message, length };
}

/** Header fields by code: texts, paths, signatures and numbers are all there are. */
function readFields(header: Buffer): Map<number, string | number> {
  const fields = new Map<number, string | number>();
  let at = 16;
  while (at < header.length) {
    at = aligned(at, 8);
    const code = header.readUInt8(at);
    const type = header.toString('latin1', at + 2, at + 3);
    at += 4;
    if (type === 'g') {
      const length = header.readUInt8(at);
      fields.set(code, header.toString('latin1', at + 1, at + 1 + length));
      at += length + 2;
      continue;
    }
    at = aligned(at, 4);
    const number = header.readUInt32LE(at);
    at += 4;
    if (type === 'u') fields.set(code, number);
    else {
      fields.set(code, header.toString('utf8', at, at + number));
      at += number + 1;
    }
  }
  return fields;
}

/** A text or path at an offset of a body. */
export function textAt(body: Buffer, offset: number): string {
  const at = aligned(offset, 4);
  const length = body.readUInt32LE(at);
  return body.toString('utf8', at + 4, at + 4 + length);
}

/** The boolean in a body that is one variant (`v` with `b`). */
export function booleanIn(body: Buffer): boolean {
  if (body.toString('latin1', 1, 2) !== 'b') throw new RangeError('no boolean');
  return body.readUInt32LE(4) === 1;
}

/** The path that follows a list of paths (`aoo`). */
export function pathAfterList(body: Buffer): string {
  return textAt(body, 4 + body.readUInt32LE(0));
}

/** The list of paths at the beginning of a body (`ao…`). */
export function pathsIn(body: Buffer): string[] {
  const end = 4 + body.readUInt32LE(0);
  const paths: string[] = [];
  for (let at = 4; at < end; at = aligned(at + 4 + body.readUInt32LE(at) + 1, 4)) {
    paths.push(textAt(body, at));
  }
  return paths;
}

/** The dictionary of texts in a body that is one variant (`v` with `a{ss}`). */
export function textsIn(body: Buffer): Map<string, string> {
  if (body.toString('latin1', 1, 6) !== 'a{ss}') throw new RangeError('no dictionary of texts');
  const texts = new Map<string, string>();
  const after = (at: number): number => at + 4 + body.readUInt32LE(at) + 1;
  const end = 16 + body.readUInt32LE(8);
  for (let at = 16; at < end; at = aligned(at, 8)) {
    const valueAt = aligned(after(at), 4);
    texts.set(textAt(body, at), textAt(body, valueAt));
    at = after(valueAt);
  }
  return texts;
}

/** The number in a body that is one variant (`v` with `t`). */
export function numberIn(body: Buffer): number {
  if (body.toString('latin1', 1, 2) !== 't') throw new RangeError('no number');
  return Number(body.readBigUInt64LE(8));
}

function aligned(offset: number, boundary: number): number {
  return Math.ceil(offset / boundary) * boundary;
}
