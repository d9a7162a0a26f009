import type { FirstMessages } from '../../src-shared/text/index.js';
import loaders from '../../src-shared/text/generated/load-later.js';
import { loadSentences } from '../../src-shared/text/load.js';
import type { Words } from './context.js';
import { dayWords } from './dates.js';

/** Fetches what the window says after its first paint. @param first what it said there, in the same language. */
export async function loadWords(lang: string, first: FirstMessages): Promise<Words> {
  return { text: { ...first, ...(await loadSentences(loaders, lang)) }, days: dayWords(lang) };
}
