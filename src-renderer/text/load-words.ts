import type { FirstMessages } from '../../src-shared/text/index.js';
import loaders from '../../src-shared/text/generated/load-later.js';
import { loadSentences } from '../../src-shared/text/load.js';
import type { Words } from './context.js';

/** Fetches what the window says after its first paint. @param first what it said there, in the same language. */
export async function loadWords(
  lang: string,
  first: FirstMessages | Promise<FirstMessages>,
): Promise<Words> {
  const [{ dayWords }, more, said] = await Promise.all([
    import('./dates.js'),
    loadSentences(loaders, lang),
    first,
    // Most languages ask for it themselves, but only once they are there.
    import('@messageformat/runtime/lib/cardinals').then(({ en }) => en),
  ]);
  return { lang, text: { ...said, ...more }, days: dayWords(lang) };
}
