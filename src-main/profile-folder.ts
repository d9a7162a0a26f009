import { accessSync, constants, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** The folder of a profile, and where Chromium keeps its own files meanwhile. */
export interface ProfileFolder {
  /** The folder the person means: the database is there, or nowhere. */
  readonly folder: string;
  /** The same, unless it cannot be written: then an empty folder that goes when the app closes. */
  readonly usedFolder: string;
  readonly isTemporary: boolean;
}

/**
 * Makes the profile folder where it is missing. Chromium cannot even show a window without a folder it can write to, so
 * on a read-only disk it gets a temporary one, and the window can say what is wrong.
 */
export function prepareProfileFolder(folder: string): ProfileFolder {
  const absolute = path.resolve(folder);
  try {
    mkdirSync(absolute, { recursive: true });
    accessSync(absolute, constants.W_OK);
    return { folder: absolute, usedFolder: absolute, isTemporary: false };
  } catch {
    const usedFolder = mkdtempSync(path.join(tmpdir(), 'sayso-'));
    return { folder: absolute, usedFolder, isTemporary: true };
  }
}
