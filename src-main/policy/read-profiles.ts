import {
  readProfile,
  type ProfileProblem,
  type ServiceProfile,
} from '../../src-shared/manifest.js';
import {
  areReadable,
  fingerprintOf,
  readServiceFiles,
  type ServiceFiles,
  type UnreadableService,
} from './service-files.js';

/** What `resources/services` held: the profiles that can be used, and what is wrong with the others. */
export interface ReadProfiles {
  readonly profiles: readonly ServiceProfile[];
  readonly problems: readonly ProfileProblem[];
  /** By which these very files are known again; null where something is wrong with one. */
  readonly fingerprint: string | null;
}

/**
 * Reads every service folder. One that is malformed is left out with file and field named; the others still work.
 * @param folder path of `resources/services`.
 * @param version of Sayso.
 */
export async function readProfiles(folder: string, version: string): Promise<ReadProfiles> {
  const files = await readServiceFiles(folder);
  const read = files.map(profileIn);
  const problems = read.flatMap((outcome) => (outcome.ok ? [] : outcome.error));
  return {
    profiles: read.flatMap((outcome) => (outcome.ok ? [outcome.value] : [])),
    problems,
    fingerprint: problems.length === 0 && areReadable(files) ? fingerprintOf(files, version) : null,
  };
}

function profileIn(files: ServiceFiles | UnreadableService) {
  if ('manifest' in files) return readProfile(files.name, files.manifest, files.policies);
  const message = messageOf(files.error);
  return { ok: false as const, error: [{ file: files.name, field: '(whole folder)', message }] };
}

function messageOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : '';
  return code === 'ENOENT' ? 'lacks manifest.json or the folder "policy"' : String(error);
}
