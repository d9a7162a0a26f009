import type { Manifest, ServiceProfile } from '../../src-shared/manifest.js';
import type { PolicyText } from '../../src-shared/policy-text.js';
import { areReadable, fingerprintOf, readServiceFiles } from './service-files.js';

/**
 * Reads the service folders where they are, byte for byte, those that this version of Sayso has read before and found nothing wrong
 * with: then they are what their schemas say, and nobody has to look again.
 * @param folder path of `resources/services`.
 * @param known the fingerprint of those; null where none is known.
 * @returns null where they are any others.
 */
export async function readKnownProfiles(
  folder: string,
  version: string,
  known: string | null,
): Promise<readonly ServiceProfile[] | null> {
  const files = await readServiceFiles(folder);
  if (!areReadable(files) || fingerprintOf(files, version) !== known) return null;
  return files.map(({ manifest, policies }) => {
    const texts = policies.map(({ text }) => JSON.parse(text) as PolicyText);
    // Left out, it means that there are none.
    const said = { tools: [], ...(JSON.parse(manifest.text) as Partial<Manifest>) } as Manifest;
    return { manifest: said, policies: newestFirst(texts) };
  });
}

function newestFirst(texts: readonly PolicyText[]): PolicyText[] {
  return texts.toSorted((a, b) => Date.parse(b.effectiveAt) - Date.parse(a.effectiveAt));
}
