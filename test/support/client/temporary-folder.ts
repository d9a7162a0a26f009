import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A fresh folder of a test's own, and what removes it with all it holds. */
export interface TemporaryFolder {
  readonly folder: string;
  readonly remove: () => void;
}

/** @param name what the folder is for, as a part of its name. */
export function temporaryFolder(name: string): TemporaryFolder {
  const folder = mkdtempSync(path.join(tmpdir(), `sayso-client-${name}-`));
  return {
    folder,
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
