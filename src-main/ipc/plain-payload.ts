/** A payload is a record of plain values, and at most records of such beneath it. */
const DEEPEST = 4;

/**
 * Whether something that came over the wire is made of nothing but JSON's values. Structured clone also carries maps, dates and
 * buffers, which a schema may take for a record without members, and members called `__proto__`, which a record drops unseen.
 */
export function isPlainPayload(payload: unknown): payload is object {
  return isRecord(payload) && membersArePlain(payload, 1);
}

function isPlain(value: unknown, depth: number): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return Number.isFinite(value);
    case 'object':
      if (value === null) return true;
      if (depth >= DEEPEST || !(isRecord(value) || Array.isArray(value))) return false;
      return membersArePlain(value, depth + 1);
    default:
      return false;
  }
}

function membersArePlain(value: object, depth: number): boolean {
  return Object.entries(value).every(
    ([name, member]) => name !== '__proto__' && isPlain(member, depth),
  );
}

function isRecord(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
