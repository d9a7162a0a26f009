/** Comes about after `delayMs`; nothing is kept running for it. */
export function later(delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, delayMs).unref();
  });
}
