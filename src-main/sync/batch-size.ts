import { LARGEST_BATCH, type BatchLimits } from './parcel.js';

/** How much is sent and fetched at once: less over a network that does not get a large request through in time. */
export interface BatchSize {
  limits(): BatchLimits;
  /** How many entries to ask for at once; undefined: as many as the service likes. */
  pageLimit(): number | undefined;
  /** A request came to nothing. */
  shrink(): void;
  /** A request got through. */
  grow(): void;
}

const SMALLEST: BatchLimits = { entries: 4, bytes: 16 * 1024 };
const STEP = 4;

export function createBatchSize(): BatchSize {
  let limits = LARGEST_BATCH;
  const scaled = (by: number): BatchLimits => ({
    entries: Math.floor(limits.entries * by),
    bytes: Math.floor(limits.bytes * by),
  });
  return {
    limits: () => limits,
    pageLimit: () => (limits === LARGEST_BATCH ? undefined : limits.entries),
    shrink() {
      const smaller = scaled(1 / STEP);
      limits = smaller.entries < SMALLEST.entries ? SMALLEST : smaller;
    },
    grow() {
      const larger = scaled(STEP);
      limits = larger.entries >= LARGEST_BATCH.entries ? LARGEST_BATCH : larger;
    },
  };
}
