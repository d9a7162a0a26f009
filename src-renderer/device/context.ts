import { createContext } from 'svelte';
import type { DeviceMessages } from '../../src-shared/text/index.js';
import { momentWords, type MomentWords } from '../../src-shared/text/moments.js';
import { sizeWords } from '../text/size-words.js';

/** The sentences, moments and sizes of "On this device" and "What the gate did". */
export interface StoredWords {
  readonly device: DeviceMessages;
  readonly moments: MomentWords;
  readonly nowMs: () => number;
  /** A number of bytes, such as `12 kB`. */
  readonly size: (bytes: number) => string;
  /** A purpose by its name. */
  readonly purposeName: (purpose: string) => string;
  /** BCP 47 tag of that name; undefined while the policy is not read. */
  readonly policyLang: () => string | undefined;
}

const [storedWords, setStoredWords] = createContext<StoredWords>();
export { storedWords };

/** Each of the two pages begins them once, for everything on it. @param lang BCP 47 tag of the window's language. */
export function beginStoredWords(
  device: DeviceMessages,
  lang: string,
  policy: Pick<StoredWords, 'purposeName' | 'policyLang'>,
): StoredWords {
  return setStoredWords({
    device,
    moments: momentWords(lang),
    size: sizeWords(lang),
    nowMs: () => Date.now(),
    ...policy,
  });
}
