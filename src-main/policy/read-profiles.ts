import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  readProfile,
  type ProfileFile,
  type ProfileProblem,
  type ServiceProfile,
} from '../../src-shared/manifest.js';

/** What `resources/services` held: the profiles that can be used, and what is wrong with the others. */
export interface ReadProfiles {
  readonly profiles: readonly ServiceProfile[];
  readonly problems: readonly ProfileProblem[];
}

/**
 * Reads every service folder. One that is malformed is left out with file and field named; the others still work.
 * @param folder path of `resources/services`.
 */
export async function readProfiles(folder: string): Promise<ReadProfiles> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const read = await Promise.all(
    names.toSorted().map(async (name) => {
      try {
        const policyNames = (await readdir(path.join(folder, name, 'policy'))).toSorted();
        const manifest = await readOne(folder, `${name}/manifest.json`);
        const policies = policyNames
          .filter((policy) => policy.endsWith('.json'))
          .map((policy) => readOne(folder, `${name}/policy/${policy}`));
        return readProfile(name, manifest, await Promise.all(policies));
      } catch (error) {
        const problem = { file: name, field: '(whole folder)', message: messageOf(error) };
        return { ok: false as const, error: [problem] };
      }
    }),
  );
  return {
    profiles: read.flatMap((outcome) => (outcome.ok ? [outcome.value] : [])),
    problems: read.flatMap((outcome) => (outcome.ok ? [] : outcome.error)),
  };
}

async function readOne(folder: string, file: string): Promise<ProfileFile> {
  return { file, text: await readFile(path.join(folder, file), 'utf8') };
}

function messageOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : '';
  return code === 'ENOENT' ? 'lacks manifest.json or the folder "policy"' : String(error);
}
