import { vi } from 'vitest';

/** Waits until `claim` does not throw any more. */
export function until(claim: () => void): Promise<void> {
  return vi.waitFor(claim, { timeout: 15_000, interval: 10 });
}
