import { readdirSync, readFileSync } from 'node:fs';
import {
  readProfile,
  type ProfileFile,
  type ServiceProfile,
} from '../../../src-shared/manifest.js';

const SERVICES = new URL('../../../resources/services/', import.meta.url);

/** The folders in `resources/services`, sorted: the id of every service that ships. */
export function serviceFolders(): string[] {
  return readdirSync(SERVICES).toSorted();
}

/** The names of the policy files of one service, sorted. */
export function policyFileNames(folder: string): string[] {
  return readdirSync(new URL(`${folder}/policy/`, SERVICES)).toSorted();
}

/**
 * Reads the profile of one service as it lies on disk.
 * @throws with every problem in the message when the profile is refused, so that a failing test names file and field.
 */
export function shippedProfile(folder: string): ServiceProfile {
  const policies = policyFileNames(folder).map((name) => fileOf(`${folder}/policy/${name}`));
  const read = readProfile(folder, fileOf(`${folder}/manifest.json`), policies);
  if (read.ok) return read.value;
  const lines = read.error.map(({ file, field, message }) => `${file}: ${field} ${message}`);
  throw new Error(lines.join('\n'));
}

function fileOf(file: string): ProfileFile {
  return { file, text: readFileSync(new URL(file, SERVICES), 'utf8') };
}
