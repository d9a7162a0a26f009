import type { PolicyText } from '../../src-shared/policy-text.js';

/**
 * The languages to look for, best first: the window's, its shorter forms (RFC 4647, section 3.4), English, the service's
 * own.
 * @param lang BCP 47 tag of the window's language.
 */
export function languagesFor(lang: string, ofService: readonly string[]): string[] {
  const parts = lang.split('-');
  const ranges = parts.map((_, dropped) => parts.slice(0, parts.length - dropped).join('-'));
  return [...new Set([...ranges, 'en', ...ofService])];
}

/** The text in the best language there is: one in another language still tells more than none. */
export function inBestLanguage<Text extends { readonly text: PolicyText }>(
  texts: readonly Text[],
  languages: readonly string[],
): Text | undefined {
  for (const lang of languages) {
    const found = texts.find(({ text }) => text.lang.toLowerCase() === lang.toLowerCase());
    if (found) return found;
  }
  return texts[0];
}
