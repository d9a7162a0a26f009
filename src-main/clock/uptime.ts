import { closeSync, openSync, readSync } from 'node:fs';
import { uptime } from 'node:os';

/** Linux says it here: seconds since the machine's start, sleep included, before the first space (proc(5)). */
const FILE = '/proc/uptime';
const LONGEST = 64;

/**
 * Milliseconds since the machine's start, sleep included: what Node's `uptime` says. On Linux that opens a file for every
 * question, which takes several times as long as asking one that stays open, and a press waits for the answer.
 * @param file opened once; where it cannot be, or answers no number, Node is asked.
 */
export function createUptime(file: string = FILE): () => number {
  const ask = (): number => uptime() * 1000;
  const descriptor = opened(file);
  if (descriptor === null) return ask;
  const bytes = Buffer.alloc(LONGEST);
  const read = (): number => {
    const length = readSync(descriptor, bytes, 0, LONGEST, 0);
    return Math.round(Number.parseFloat(bytes.toString('latin1', 0, length)) * 1000);
  };
  if (!Number.isFinite(read())) {
    closeSync(descriptor);
    return ask;
  }
  return () => {
    try {
      const ms = read();
      return Number.isFinite(ms) ? ms : ask();
    } catch {
      return ask();
    }
  };
}

function opened(file: string): number | null {
  try {
    return openSync(file, 'r');
  } catch {
    return null;
  }
}
