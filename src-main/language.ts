import { pickLanguage } from '../src-shared/text/languages.js';
import type { Memory } from './remembered.js';

/** The language the window speaks. */
export interface Language {
  /** Its BCP 47 tag, with the region by which dates and numbers are written. */
  current(): string;
  /** What the person chose; null: the system's. */
  chosen(): string | null;
  /** The person chooses; kept on this device and told to whoever follows. */
  choose(lang: string | null): void;
  follow(listener: () => void): void;
}

/**
 * @param flag the language of the command line, which holds for this run until the person chooses another; null: none.
 * @param system the languages the person has set in the system, best first.
 */
export function createLanguage(
  memory: Memory,
  flag: string | null,
  system: () => readonly string[],
): Language {
  const listeners: (() => void)[] = [];
  let forRun = flag;
  const chosen = (): string | null => memory.read().lang;
  return {
    current: () => pickLanguage([forRun, chosen(), ...system()]),
    chosen,
    choose(lang) {
      forRun = null;
      memory.keep({ lang: lang === null ? null : pickLanguage([lang]) });
      for (const listener of listeners) listener();
    },
    follow: (listener) => void listeners.push(listener),
  };
}
