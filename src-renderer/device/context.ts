import { createContext } from 'svelte';
import type { DeviceMessages } from '../../src-shared/text/index.js';
import type { MomentWords } from '../../src-shared/text/moments.js';

/** The sentences, moments and sizes of "On this device" and "What the gate did". */
export interface StoredWords {
  readonly device: DeviceMessages;
  readonly moments: MomentWords;
  readonly nowMs: () => number;
  /** A number of bytes, such as `12 kB`. */
  readonly size: (bytes: number) => string;
  /** A purpose by its name. */
  readonly purposeName: (purpose: string) => string;
}

/** Each of the two pages sets these once, for everything on it. */
export const [storedWords, setStoredWords] = createContext<StoredWords>();
