import type { Bridge, QuitAnswer, QuitWaiting } from '../src-shared/ipc-contract.js';
import { ask } from './bridge.js';

/** The question before quitting: when it is to be put, and what is answered to it. */
export interface QuitAsking {
  /** Calls `put` whenever the question is to be put; the answer ends that. */
  follow(put: (waiting: readonly QuitWaiting[]) => void): () => void;
  answer(answer: QuitAnswer): void;
}

export function createQuitAsking(bridge: Bridge): QuitAsking {
  return {
    follow: (put) => bridge.on('quit.asked', ({ waiting }) => put(waiting)),
    answer: (answer) => void ask(bridge, 'quit.answer', { answer }),
  };
}
