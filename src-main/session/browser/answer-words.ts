import type { AnswerWords } from './answer-page.js';

/** The words at the end, in the person's language; loaded when somebody signs in by the browser. */
export async function answerWordsIn(lang: string): Promise<AnswerWords> {
  const { browserSignInMessagesFor } = await import('../../../src-shared/text/browser-sign-in.js');
  const text = browserSignInMessagesFor(lang);
  return { lang, title: text.pageTitle(), text: text.pageText() };
}
