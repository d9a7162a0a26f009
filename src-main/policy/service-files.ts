import { hash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ProfileFile } from '../../src-shared/manifest.js';

/** The files of one service, as they are on the disk. */
export interface ServiceFiles {
  /** The folder's name. */
  readonly name: string;
  readonly manifest: ProfileFile;
  readonly policies: readonly ProfileFile[];
}

/** A folder in which something could not be read. */
export interface UnreadableService {
  readonly name: string;
  readonly error: unknown;
}

/**
 * Reads what is in every service folder, without looking at what it says.
 * @param folder path of `resources/services`.
 */
export async function readServiceFiles(
  folder: string,
): Promise<readonly (ServiceFiles | UnreadableService)[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.toSorted().map(async (name) => {
      try {
        const inside = (await readdir(path.join(folder, name, 'policy'))).toSorted();
        const manifest = await readOne(folder, `${name}/manifest.json`);
        const policies = inside
          .filter((policy) => policy.endsWith('.json'))
          .map((policy) => readOne(folder, `${name}/policy/${policy}`));
        return { name, manifest, policies: await Promise.all(policies) };
      } catch (error) {
        return { name, error };
      }
    }),
  );
}

/**
 * What tells the same files, read by the same version of Sayso, from any others: SHA-256, lower-case hex.
 * @param version that of Sayso, because another one may ask more of them.
 */
export function fingerprintOf(files: readonly ServiceFiles[], version: string): string {
  const named = files.flatMap(({ manifest, policies }) =>
    [manifest, ...policies].map(({ file, text }) => [file, text]),
  );
  return hash('sha256', JSON.stringify([version, ...named]), 'hex');
}

/** Whether all of it could be read. */
export function areReadable(
  files: readonly (ServiceFiles | UnreadableService)[],
): files is readonly ServiceFiles[] {
  return files.every((one) => 'manifest' in one);
}

async function readOne(folder: string, file: string): Promise<ProfileFile> {
  return { file, text: await readFile(path.join(folder, file), 'utf8') };
}
