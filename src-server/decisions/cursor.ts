import { sha256 } from '../keys/sha256.js';

/** Where one entry stands in the order of its account. */
export interface Place {
  readonly position: number;
  /** Tells this very entry from any other that may stand at the position once a database has been restored; 8 characters. */
  readonly mark: string;
}

/** What a cursor says. */
export type ReadCursor =
  | { readonly kind: 'start' }
  | { readonly kind: 'place'; readonly place: Place }
  /** A cursor of another database, or in the form of before: what it stood for cannot be told. */
  | { readonly kind: 'expired' }
  /** Nothing this server ever gave out. */
  | { readonly kind: 'none' };

/** Bytes of a cursor: 8 of the feed, 7 of the position, 6 of the mark. Together a multiple of 3, so that its text has one form. */
const FEED_BYTES = 8;
const POSITION_BYTES = 7;
const MARK_BYTES = 6;
const CURSOR_BYTES = FEED_BYTES + POSITION_BYTES + MARK_BYTES;

/** Until there were feeds, a cursor was the position alone, in decimal digits. */
const FORMER = /^[1-9]\d*$/;

/** The place of a kept entry. The time is part of the mark, since after a restore the same entry may arrive once more. */
export function placeOf(row: {
  readonly id: string;
  readonly position: number;
  readonly received_at_ms: number;
}): Place {
  const hash = sha256(Buffer.from(`${row.id} ${row.received_at_ms}`));
  return {
    position: row.position,
    mark: Buffer.from(hash.subarray(0, MARK_BYTES)).toString('base64url'),
  };
}

/**
 * The cursor that says "everything up to this place has been read". Opaque to clients; empty for the start.
 * @param feed the database's id, 16 hexadecimal digits.
 */
export function cursorAt(feed: string, place: Place | null): string {
  if (place === null) return '';
  const position = place.position.toString(16).padStart(2 * POSITION_BYTES, '0');
  const head = Buffer.from(feed + position, 'hex').toString('base64url');
  return head + place.mark;
}

/** Reads a cursor that a client sent back to the database `feed`. Whether its place is still there is the store's to say. */
export function readCursor(feed: string, cursor: string): ReadCursor {
  if (cursor === '') return { kind: 'start' };
  const bytes = Buffer.from(cursor, 'base64url');
  // Decoding is lenient, so only what encodes back to the very same text counts.
  if (bytes.toString('base64url') !== cursor) return { kind: 'none' };
  if (FORMER.test(bytes.toString('latin1'))) return { kind: 'expired' };
  if (bytes.length !== CURSOR_BYTES) return { kind: 'none' };
  if (bytes.subarray(0, FEED_BYTES).toString('hex') !== feed) return { kind: 'expired' };
  const atPosition = FEED_BYTES + POSITION_BYTES;
  const position = Number.parseInt(bytes.subarray(FEED_BYTES, atPosition).toString('hex'), 16);
  if (!Number.isSafeInteger(position) || position === 0) return { kind: 'none' };
  const mark = bytes.subarray(atPosition).toString('base64url');
  return { kind: 'place', place: { position, mark } };
}
