import { sentencesFor } from './languages.js';

/** Fetches one part of the sentences, by language: the modules under `generated` that are made by `scripts/messages.mjs`. */
export type Loaders<Sentences> = Readonly<
  Record<string, () => Promise<{ readonly default: Sentences }>>
>;

/** Fetches one part of the sentences in the language of a tag, and in no other. */
export async function loadSentences<Sentences>(
  loaders: Loaders<Sentences>,
  languageTag: string,
): Promise<Sentences> {
  const loaded = await loaders[sentencesFor(languageTag)]?.();
  if (!loaded) throw new Error(`no sentences for ${languageTag}`);
  return loaded.default;
}
