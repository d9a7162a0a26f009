import { readFileSync } from 'node:fs';

/** How much memory a process holds at one moment. */
export interface Sample {
  /** Since the load began. */
  readonly atMs: number;
  readonly residentBytes: number;
}

/** Resident memory of a process of this machine, in bytes. @throws where there is no /proc, which only Linux has. */
export function residentBytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const kilobytes = Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]);
  if (Number.isNaN(kilobytes)) throw new Error(`no resident memory in /proc/${pid}/status`);
  return kilobytes * 1024;
}

/** How memory went: the middle of the first and of the last tenth of the samples, and the slope of the line through all. */
export interface Course {
  readonly firstBytes: number;
  readonly lastBytes: number;
  readonly bytesPerMinute: number;
}

/** @param samples after the warm-up, in order; at least two. */
export function courseOf(samples: readonly Sample[]): Course {
  const tenth = Math.max(1, Math.floor(samples.length / 10));
  const middle = (some: readonly Sample[]): number => {
    const sorted = some.map(({ residentBytes: bytes }) => bytes).sort((a, b) => a - b);
    return sorted[sorted.length >> 1] ?? Number.NaN;
  };
  return {
    firstBytes: middle(samples.slice(0, tenth)),
    lastBytes: middle(samples.slice(-tenth)),
    bytesPerMinute: slopeOf(samples) * 60_000,
  };
}

/** Least squares, in bytes per millisecond. */
function slopeOf(samples: readonly Sample[]): number {
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const meanMs = mean(samples.map(({ atMs }) => atMs));
  const meanBytes = mean(samples.map(({ residentBytes: bytes }) => bytes));
  let above = 0;
  let below = 0;
  for (const { atMs, residentBytes: bytes } of samples) {
    above += (atMs - meanMs) * (bytes - meanBytes);
    below += (atMs - meanMs) ** 2;
  }
  return below === 0 ? 0 : above / below;
}
