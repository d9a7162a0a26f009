import { createContext } from 'svelte';
import type { FirstMessages, Messages } from '../../src-shared/text/index.js';
import type { DayWords } from './dates.js';

/** The sentences of the first paint: rail and status. */
export const [firstWords, setFirstWords] = createContext<FirstMessages>();

/** The sentences and dates of the language in use. */
export interface Words {
  readonly text: Messages;
  readonly days: DayWords;
}

/** Everything beside the rail says its sentences through these; the column and what lies over it set them once. */
export const [words, setWords] = createContext<Words>();
