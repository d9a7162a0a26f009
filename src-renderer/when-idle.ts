/** What nobody waits for comes at the latest after this long. */
const LONGEST_WAIT_MS = 200;

/** Runs `task` once, when the page has nothing else to do: after the frame that is being made. The answer calls it off. */
export function whenIdle(task: () => void): () => void {
  const asked = requestIdleCallback(task, { timeout: LONGEST_WAIT_MS });
  return () => cancelIdleCallback(asked);
}
