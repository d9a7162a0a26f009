import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';

/** The database file and what SQLite keeps beside it. */
function partsOf(file: string): string[] {
  return [file, `${file}-wal`, `${file}-shm`].filter((part) => existsSync(part));
}

/** Which of `texts` stand anywhere in a database file or beside it, byte for byte. */
export function textsIn(file: string, texts: readonly string[]): string[] {
  const parts = partsOf(file).map((part) => readFileSync(part));
  return texts.filter((text) => parts.some((bytes) => bytes.includes(Buffer.from(text, 'utf8'))));
}

/** A fingerprint of the database and its log; the shared-memory index is left out, which any reader may rebuild. */
export function fingerprint(file: string): Record<string, string> {
  const parts = partsOf(file).filter((part) => !part.endsWith('-shm'));
  return Object.fromEntries(
    parts.map((part) => [
      part.slice(file.length),
      createHash('sha256').update(readFileSync(part)).digest('hex'),
    ]),
  );
}
