import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { pickLanguage } from '../src-shared/text/languages.js';

/** Where a window stood, in device-independent pixels. */
export interface WindowPlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly isMaximized: boolean;
}

/** What is remembered about the window itself. It has to be known before the database is opened, and says nothing about choices. */
export interface Remembered {
  /** The language the person chose; null: the system's. */
  readonly lang: string | null;
  readonly place: WindowPlace | null;
}

export interface Memory {
  read(): Remembered;
  /** Keeps a part beside the rest; a disk that does not take it costs nothing but the memory. */
  keep(part: Partial<Remembered>): void;
}

const NOTHING: Remembered = { lang: null, place: null };

/** @param file path of the JSON file; anything unusable in it reads as if nothing were remembered. */
export function createMemory(file: string): Memory {
  let known: Remembered | null = null;
  const read = (): Remembered => (known ??= readFrom(file));
  return {
    read,
    keep(part) {
      known = { ...read(), ...part };
      try {
        // Renamed into place: whatever interrupts the writing leaves the file before.
        writeFileSync(`${file}.new`, `${JSON.stringify(known)}\n`);
        renameSync(`${file}.new`, file);
      } catch {
        // It holds for this run.
      }
    },
  };
}

function readFrom(file: string): Remembered {
  try {
    const found: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof found !== 'object' || found === null) return NOTHING;
    const { lang, place } = found as Record<string, unknown>;
    return {
      lang: typeof lang === 'string' && pickLanguage([lang]) === lang ? lang : null,
      place: isPlace(place) ? place : null,
    };
  } catch {
    return NOTHING;
  }
}

function isPlace(found: unknown): found is WindowPlace {
  if (typeof found !== 'object' || found === null) return false;
  const { x, y, width, height, isMaximized } = found as Record<string, unknown>;
  return [x, y, width, height].every(Number.isSafeInteger) && typeof isMaximized === 'boolean';
}
