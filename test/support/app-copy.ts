import { cpSync, symlinkSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/**
 * Copies the built app into a folder of its own, so that a test can change what ships.
 * @returns path of the copy's main script.
 */
export function copyApp(folder: string): string {
  for (const part of ['out', 'resources', 'package.json']) {
    cpSync(path.join(root, part), path.join(folder, part), { recursive: true });
  }
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  return path.join(folder, 'out', 'main', 'index.js');
}
