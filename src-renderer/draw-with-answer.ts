import type { Schedule } from './choices.svelte.js';

/** A press is drawn together with its answer where that comes within a frame, and else without it. */
export const ONE_FRAME_MS = 16;

/**
 * Has each press drawn once: with its answer, or after a frame without. Drawn both before and with the answer, it takes from the
 * machine just what keeping the choice needs. The control that was pressed has changed with the press itself.
 *
 * One press waits at a time: with a second one, both are drawn at once. What is drawn then never goes back behind what the person
 * has pressed since.
 * @returns takes what draws a press, and answers what the answer to it calls.
 */
export function createDrawWithAnswer(schedule: Schedule): (draw: () => void) => () => void {
  let latest = (): boolean => false;
  return (draw) => {
    let isDrawn = false;
    /** Answers whether it had not been drawn before. */
    const drawOnce = (): boolean => {
      if (isDrawn) return false;
      isDrawn = true;
      callOff();
      draw();
      return true;
    };
    const callOff = schedule(drawOnce, ONE_FRAME_MS);
    const earlier = latest;
    latest = drawOnce;
    if (earlier()) drawOnce();
    return drawOnce;
  };
}
