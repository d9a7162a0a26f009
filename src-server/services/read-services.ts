import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NotCanonicalError } from '../../src-shared/ledger/canonical.js';
import { readProfile, type ProfileFile, type ProfileProblem } from '../../src-shared/manifest.js';
import { failed, ok, type Result } from '../../src-shared/result.js';
import { publish, type PublishedService } from './published.js';

/** What a folder of profiles holds: those that can be served, and what is wrong with the others. */
export interface Services {
  readonly services: readonly PublishedService[];
  readonly problems: readonly ProfileProblem[];
}

/**
 * Reads `<folder>/<id>/manifest.json` and `<folder>/<id>/policy/*.json` of every service. A bad profile never stands in
 * the way of a good one.
 * @throws when the folder itself cannot be listed.
 */
export async function readServices(folder: string): Promise<Services> {
  const entries = await readdir(folder, { withFileTypes: true });
  const ids = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const read = await Promise.all(ids.toSorted().map((id) => readOne(folder, id)));
  return {
    services: read.flatMap((profile) => (profile.ok ? [profile.value] : [])),
    problems: read.flatMap((profile) => (profile.ok ? [] : profile.error)),
  };
}

async function readOne(
  folder: string,
  id: string,
): Promise<Result<PublishedService, readonly ProfileProblem[]>> {
  const load = async (file: string): Promise<ProfileFile> => ({
    file,
    text: await readFile(join(folder, file), 'utf8'),
  });
  try {
    const names = await readdir(join(folder, id, 'policy'));
    const policyNames = names.filter((name) => name.endsWith('.json')).toSorted();
    const manifest = await load(`${id}/manifest.json`);
    const policies = await Promise.all(policyNames.map((name) => load(`${id}/policy/${name}`)));
    const profile = readProfile(id, manifest, policies);
    return profile.ok ? ok(publish(profile.value)) : profile;
  } catch (error) {
    if (error instanceof NotCanonicalError) {
      return failed([{ file: `${id}/policy`, field: error.path, message: error.reason }]);
    }
    const message = `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
    return failed([{ file: id, field: '(folder)', message }]);
  }
}
