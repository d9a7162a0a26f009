import { createContext } from 'svelte';
import type { Messages } from '../../src-shared/text/index.js';
import type { DayWords } from './dates.js';

/** The sentences and dates of the language in use. */
export interface Words {
  readonly text: Messages;
  readonly days: DayWords;
}

/** Every component says its sentences through these; the window sets them once, at its top. */
export const [words, setWords] = createContext<Words>();
