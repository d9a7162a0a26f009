import type { PolicyText } from '../../src-shared/policy-text.js';
import type { PolicyVersionView } from '../../src-shared/policy-versions.js';
import { inBestLanguage } from './languages.js';
import type { Shelf } from './shelves.js';

/** A version in the best language there is; undefined where it is not at hand. */
export function textOfVersion(
  { texts }: Pick<Shelf, 'texts'>,
  version: string,
  languages: readonly string[],
): PolicyText | undefined {
  const ofVersion = texts.filter(({ text }) => text.version === version);
  return inBestLanguage(ofVersion, languages)?.text;
}

/**
 * Every version at hand, newest first.
 * @param current the version on show.
 */
export function versionsOn(
  shelf: Pick<Shelf, 'texts' | 'timeline'>,
  current: string,
  languages: readonly string[],
): PolicyVersionView[] {
  const { versions } = shelf.timeline;
  const placeOfCurrent = versions.findIndex(({ version }) => version === current);
  return versions
    .flatMap(({ version, effectiveAtMs }, place): PolicyVersionView[] => {
      const text = textOfVersion(shelf, version, languages);
      if (!text) return [];
      const side = place > placeOfCurrent ? 'coming' : 'earlier';
      return [
        {
          version,
          dated: text.dated,
          effectiveAt: new Date(effectiveAtMs).toISOString(),
          lang: text.lang,
          standing: place === placeOfCurrent ? 'current' : side,
        },
      ];
    })
    .toReversed();
}
