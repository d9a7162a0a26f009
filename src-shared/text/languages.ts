import languages from './generated/languages.js';

/** The languages that Sayso speaks, as the tags of their files in `resources/locales`. */
export const LANGUAGES: readonly string[] = languages;

/** What is spoken where nothing that was asked for is. */
const FALLBACK = 'en';

/** Long enough for every tag there is (RFC 5646, section 4.4.1). */
const LONGEST_TAG = 35;

/** The language whose sentences serve a tag: `de` for `de-AT`. */
export function sentencesFor(languageTag: string): string {
  const primary = primaryOf(languageTag);
  return LANGUAGES.includes(primary) ? primary : FALLBACK;
}

/**
 * The first tag in a language that Sayso speaks, with its region, by which dates and numbers are written; English when there is
 * none. What is no language tag (BCP 47) is passed over: a system set to the POSIX locale names "C".
 */
export function pickLanguage(
  candidates: readonly (string | null)[],
  spoken: readonly string[] = LANGUAGES,
): string {
  for (const candidate of candidates) {
    const tag = canonical(candidate);
    if (tag !== null && tag.length <= LONGEST_TAG && spoken.includes(primaryOf(tag))) return tag;
  }
  return FALLBACK;
}

function primaryOf(tag: string): string {
  return tag.split('-')[0] ?? '';
}

function canonical(candidate: string | null): string | null {
  try {
    return Intl.getCanonicalLocales(candidate ?? [])[0] ?? null;
  } catch {
    return null;
  }
}
