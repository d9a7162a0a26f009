import nativeLoaders from '../../../src-shared/text/generated/load-native.js';
import { loadSentences } from '../../../src-shared/text/load.js';
import type { AnswerWords } from './answer-page.js';

/** The words at the end, in the person's language; loaded when somebody signs in by the browser. */
export async function answerWordsIn(lang: string): Promise<AnswerWords> {
  const { native } = await loadSentences(nativeLoaders, lang);
  return { lang, title: native.browserTitle(), text: native.browserText() };
}
