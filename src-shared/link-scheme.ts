/** The scheme of links that other programs may hand to Sayso. Its own pages have another, which no link reaches. */
export const LINK_SCHEME = 'sayso';

/** What among the words of a command line is meant as a link, well-formed or not; null where nothing is. */
export function linkAmong(words: readonly string[]): string | null {
  return words.find((word) => /^\s*sayso:/i.test(word)) ?? null;
}
