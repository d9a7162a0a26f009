import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { occurrences } from './heaps.js';

/** Larger ranges are reserved by allocators, not used. */
const LARGEST_RANGE = 1024 ** 3;
const CHUNK = 8 * 1024 ** 2;

/**
 * How many copies of a text lie in the writable memory of a process, as a core dump would have them (Linux, as root or the same
 * user).
 */
export function copiesInMemory(pid: number, text: string): number {
  const needle = Buffer.from(text);
  const buffer = Buffer.alloc(CHUNK);
  const memory = openSync(`/proc/${pid}/mem`, 'r');
  let copies = 0;
  try {
    for (const line of readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')) {
      const [, from, to] = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line) ?? [];
      if (from === undefined || to === undefined) continue;
      const [begin, end] = [BigInt(`0x${from}`), BigInt(`0x${to}`)];
      if (end - begin > LARGEST_RANGE) continue;
      for (let at = begin; at < end; at += BigInt(CHUNK)) {
        const length = Number(end - at < BigInt(CHUNK) ? end - at : BigInt(CHUNK));
        copies += occurrences(readAt(memory, buffer, length, at), needle);
      }
    }
  } finally {
    closeSync(memory);
  }
  return copies;
}

/** What cannot be read, such as a device's memory, holds nothing of ours. */
function readAt(file: number, buffer: Buffer, length: number, at: bigint): Buffer {
  try {
    return buffer.subarray(0, readSync(file, buffer, 0, length, at));
  } catch {
    return buffer.subarray(0, 0);
  }
}
