import type { FirstMessages } from '../src-shared/text/index.js';
import type { createLater } from './create-later.js';
import type { Words } from './text/context.js';
import { loadWords } from './text/load-words.js';

/** What the first paint does without, as far as it takes no answer of the main process. */
export interface Ahead {
  readonly createLater: typeof createLater;
  readonly words: Words;
}

/** Fetches it. @param lang BCP 47 tag. @param text the first sentences in this language, which may still be on their way. */
export async function fetchAhead(
  lang: string,
  text: FirstMessages | Promise<FirstMessages>,
): Promise<Ahead> {
  const [chunk, words] = await Promise.all([import('./create-later.js'), loadWords(lang, text)]);
  return { createLater: chunk.createLater, words };
}
