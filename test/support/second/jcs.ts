/**
 * Canonical JSON written a second time, from the text of RFC 8785 alone and without any library: the tests hold the
 * project's own against it. It knows what the ledger allows: no fractions.
 */
export function secondJcs(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value === 'number') return digitsOf(value);
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) {
    let inside = '';
    for (const element of value as unknown[]) {
      inside += (inside === '' ? '' : ',') + secondJcs(element);
    }
    return `[${inside}]`;
  }
  const object = value as Record<string, unknown>;
  const names = Object.getOwnPropertyNames(object);
  names.sort(compareUnits);
  return `{${names.map((name) => `${quoted(name)}:${secondJcs(object[name])}`).join(',')}}`;
}

/** Section 3.2.3: names as arrays of UTF-16 code units, compared as unsigned numbers; a prefix comes first. */
function compareUnits(one: string, other: string): number {
  const shorter = Math.min(one.length, other.length);
  for (let at = 0; at < shorter; at += 1) {
    const difference = one.charCodeAt(at) - other.charCodeAt(at);
    if (difference !== 0) return difference;
  }
  return one.length - other.length;
}

/** Section 3.2.2.2: the two-character escapes, lower-case `\u00xx` for other controls, everything else as it is. */
function quoted(text: string): string {
  let out = '"';
  for (const unit of Array.from({ length: text.length }, (_, at) => text.charCodeAt(at))) {
    if (unit === 0x22) out += '\\"';
    else if (unit === 0x5c) out += '\\\\';
    else if (unit === 8) out += '\\b';
    else if (unit === 9) out += '\\t';
    else if (unit === 10) out += '\\n';
    else if (unit === 12) out += '\\f';
    else if (unit === 13) out += '\\r';
    else if (unit < 0x20) out += `\\u00${unit < 16 ? '0' : ''}${unit.toString(16)}`;
    else out += String.fromCharCode(unit);
  }
  return `${out}"`;
}

/** Section 3.2.2.3, for whole numbers: decimal digits, made here by hand. */
function digitsOf(value: number): string {
  let rest = BigInt(Math.abs(value));
  let digits = '';
  do {
    digits = '0123456789'.charAt(Number(rest % 10n)) + digits;
    rest /= 10n;
  } while (rest > 0n);
  return value < 0 ? `-${digits}` : digits;
}
