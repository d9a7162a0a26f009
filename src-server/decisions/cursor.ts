/** Before the first decision. */
const START = 0;

/** The cursor that says "everything up to this position has been read". Opaque to clients; empty for the start. */
export function cursorAt(position: number): string {
  return position === START ? '' : Buffer.from(String(position)).toString('base64url');
}

/** The position a cursor stands for, or undefined when this server never gave out such a cursor. */
export function positionOf(cursor: string): number | undefined {
  if (cursor === '') return START;
  const position = Number(Buffer.from(cursor, 'base64url').toString('latin1'));
  // Decoding is lenient, so only what encodes back to the very same text counts.
  const given = Number.isSafeInteger(position) && position > START && cursorAt(position) === cursor;
  return given ? position : undefined;
}
