import { hash } from 'node:crypto';

/** A SHA-256 has eight words of 32 bits. */
const WORDS = 8;
const WORD_BYTES = 4;
const WORD = 2 ** 32;
const HALF_WORD = 2 ** 16;
const DIGEST = /^[0-9a-f]{64}$/;

/**
 * Sums of SHA-256 digests by name, modulo 2 to the power of 256. Digests are added word by word, in doubles, which hold the
 * sum of two million words exactly: so what goes over from word to word is seen to only now and then.
 */
export interface WordSum {
  /** @param digest 32 bytes, a letter for each. @param sign 1 to add, -1 to take away. */
  add(name: string, digest: string, sign: number): void;
  /** What was added under a name on top of an earlier sum (undefined: zero), 64 hexadecimal digits; null where that is none. */
  onTopOf(name: string, earlier: string | undefined): string | null;
  /** Forgets a name. */
  drop(name: string): void;
  /** Under which something was added or taken away. */
  names(): string[];
}

/** So many digests leave room for what goes over before a word stops being exact. */
const CARRY_AFTER = 2 ** 20;

interface Sum {
  /** The most significant word first. */
  readonly words: number[];
  pending: number;
}

export function createWordSum(): WordSum {
  const sums = new Map<string, Sum>();
  const sumOf = (name: string): Sum => {
    const known = sums.get(name) ?? { words: Array.from({ length: WORDS }, () => 0), pending: 0 };
    sums.set(name, known);
    return known;
  };
  return {
    add(name, digest, sign) {
      const sum = sumOf(name);
      if (sum.pending >= CARRY_AFTER) {
        carry(sum.words);
        sum.pending = 0;
      }
      addTo(sum.words, digest, sign);
      sum.pending += 1;
    },
    onTopOf(name, earlier) {
      if (earlier !== undefined && !DIGEST.test(earlier)) return null;
      const words = [...(sums.get(name)?.words ?? Array.from({ length: WORDS }, () => 0))];
      if (earlier !== undefined) addTo(words, Buffer.from(earlier, 'hex').toString('latin1'), 1);
      carry(words);
      return words.map((word) => word.toString(16).padStart(2 * WORD_BYTES, '0')).join('');
    },
    drop: (name) => void sums.delete(name),
    names: () => [...sums.keys()],
  };
}

/** The digest of a row's values as JSON, a letter for each byte: Node answers that sooner than bytes, and it is read sooner too. */
export function digestOfRow(row: readonly unknown[]): string {
  return hash('sha256', JSON.stringify(row), 'binary');
}

function addTo(words: number[], digest: string, sign: number): void {
  for (let index = 0; index < WORDS; index += 1) {
    const at = index * WORD_BYTES;
    const high = (digest.charCodeAt(at) << 8) | digest.charCodeAt(at + 1);
    const low = (digest.charCodeAt(at + 2) << 8) | digest.charCodeAt(at + 3);
    words[index] = (words[index] ?? 0) + sign * (high * HALF_WORD + low);
  }
}

/** Brings every word back into its range; what goes beyond the first is dropped. */
function carry(words: number[]): void {
  let over = 0;
  for (let index = WORDS - 1; index >= 0; index -= 1) {
    const word = (words[index] ?? 0) + over;
    over = Math.floor(word / WORD);
    words[index] = word - over * WORD;
  }
}
