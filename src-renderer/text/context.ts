import { createContext } from 'svelte';
import type { FirstMessages, Messages } from '../../src-shared/text/index.js';
import type { DayWords } from './dates.js';

/** The sentences of the first paint: rail and status. */
export const [firstWords, setFirstWords] = createContext<FirstMessages>();

/** The sentences and dates of the language in use. */
export interface Words {
  /** BCP 47 tag: what stands among a policy's own words, which may be in another language, says so (WCAG 2.2, 3.1.2). */
  readonly lang: string;
  readonly text: Messages;
  readonly days: DayWords;
}

/** Everything beside the rail says its sentences through these; the column and what lies over it set them once. */
export const [words, setWords] = createContext<Words>();
