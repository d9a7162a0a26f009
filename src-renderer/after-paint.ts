/** A hidden window is not painted; what was to come after its first frame then comes after this long. */
const LONGEST_WAIT_MS = 150;

/** Runs `task` once, after the next frame has been handed to the screen. The answer calls it off. */
export function afterPaint(task: () => void): () => void {
  let timer = setTimeout(run, LONGEST_WAIT_MS);
  // A frame's callbacks run before it is painted, a task begun in them after it.
  const frame = requestAnimationFrame(() => {
    clearTimeout(timer);
    timer = setTimeout(run, 0);
  });
  function run(): void {
    cancelAnimationFrame(frame);
    task();
  }
  return () => {
    clearTimeout(timer);
    cancelAnimationFrame(frame);
  };
}
