import type { QuitAnswer, QuitWaiting } from '../../src-shared/ipc-contract.js';

/** A page that has not put the question on the screen by then is not waited for. */
export const SHOWN_WITHIN_MS = 1000;

interface Parts {
  /** What has not reached its service. */
  readonly waiting: () => readonly QuitWaiting[];
  /** Whether there is a window whose page can put the question. */
  readonly canShow: () => boolean;
  readonly show: (waiting: readonly QuitWaiting[]) => void;
  readonly quit: () => void;
  /** Calls `run` once after `delayMs`, unless the answer was called before. */
  readonly startTimer: (run: () => void, delayMs: number) => () => void;
}

/** Asks the person before quitting while something waits. Whoever cannot be asked, or asks twice, quits at once. */
export interface QuitQuestion {
  /**
   * The person closes the last window or chooses "Quit".
   * @returns whether the question was put, so that closing has to wait for the answer.
   */
  put(): boolean;
  /** What the page says: that the question is on the screen, or what was pressed. Ignored while nothing is asked. */
  answer(answer: QuitAnswer): void;
  /** From now on nothing is asked: the app is stopping already, or the system ends the session. */
  drop(): void;
}

export function createQuitQuestion(parts: Parts): QuitQuestion {
  let state: 'idle' | 'put' | 'shown' | 'dropped' = 'idle';
  let stopTimer: () => void = () => undefined;
  const leave = (next: 'idle' | 'shown' | 'dropped'): void => {
    stopTimer();
    state = next;
  };
  return {
    put() {
      // A second try while the question stands is an answer to it.
      if (state !== 'idle') return false;
      const waiting = parts.waiting();
      if (waiting.length === 0 || !parts.canShow()) return false;
      state = 'put';
      parts.show(waiting);
      stopTimer = parts.startTimer(() => {
        leave('dropped');
        parts.quit();
      }, SHOWN_WITHIN_MS);
      return true;
    },
    answer(answer) {
      if (state !== 'put' && state !== 'shown') return;
      if (answer === 'shown') {
        leave('shown');
      } else if (answer === 'keep-open') {
        leave('idle');
      } else {
        leave('dropped');
        parts.quit();
      }
    },
    drop() {
      leave('dropped');
    },
  };
}
