import type { BrowserWindow } from 'electron';
import type { WindowPlace } from '../remembered.js';

type Moved = 'resize' | 'move' | 'maximize' | 'unmaximize' | 'close';

/** As much of a window as its place has to do with. */
export type Placed = Pick<BrowserWindow, 'getNormalBounds' | 'isMaximized' | 'isMinimized'> & {
  on(event: Moved, listener: () => void): unknown;
};

/** Dragging a window tells of every step; it is written down when it rests. */
const AT_REST_AFTER_MS = 500;

/**
 * Tells where a window stands whenever it has come to rest somewhere, and once more when it closes.
 * @param startTimer calls `run` once after `delayMs`, unless what it answers is called before.
 */
export function followPlace(
  window: Placed,
  keep: (place: WindowPlace) => void,
  startTimer: (run: () => void, delayMs: number) => () => void,
): void {
  let stopTimer: () => void = () => undefined;
  const tell = (): void => {
    stopTimer();
    // A minimised window stands nowhere, and is to come back where it stood before.
    if (window.isMinimized()) return;
    const { x, y, width, height } = window.getNormalBounds();
    keep({ x, y, width, height, isMaximized: window.isMaximized() });
  };
  for (const event of ['resize', 'move', 'maximize', 'unmaximize'] as const) {
    window.on(event, () => {
      stopTimer();
      stopTimer = startTimer(tell, AT_REST_AFTER_MS);
    });
  }
  window.on('close', tell);
}
