import { closeSync, openSync, readSync } from 'node:fs';

/** The number as it stands in the file itself (SQLite's file format, section 1.3: offset 60); 0 for what is no database. */
export function versionInHeader(file: string): number {
  const header = Buffer.alloc(64);
  const descriptor = openSync(file, 'r');
  try {
    readSync(descriptor, header, 0, header.length, 0);
  } finally {
    closeSync(descriptor);
  }
  if (header.toString('latin1', 0, 15) !== 'SQLite format 3') return 0;
  // Offset 18: SQLite would call such a file read-only, and the person would look for the fault in the wrong place.
  if (header.readUInt8(18) > 2) throw new Error('a file format that no version of SQLite writes');
  return header.readUInt32BE(60);
}
