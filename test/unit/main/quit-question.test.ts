import { describe, expect, it, vi } from 'vitest';
import type { QuitWaiting } from '../../../src-shared/ipc-contract.js';
import { createQuitQuestion, SHOWN_WITHIN_MS } from '../../../src-main/window/quit-question.js';
import { manualTimers } from '../../support/client/manual-timers.js';

const WAITING: readonly QuitWaiting[] = [
  { service: 'Integro', waiting: 2, grants: 1, endsSession: false },
];

/** A question whose page answers nothing by itself. */
function rig(waiting = WAITING, canShow = true) {
  const timers = manualTimers();
  const show = vi.fn();
  const quit = vi.fn();
  const question = createQuitQuestion({
    waiting: () => waiting,
    canShow: () => canShow,
    show,
    quit,
    startTimer: timers.startTimer,
  });
  return { question, timers, show, quit };
}

describe('quitting asks nothing', () => {
  it('while nothing waits', () => {
    const { question, show } = rig([]);
    expect(question.put()).toBe(false);
    expect(show).not.toHaveBeenCalled();
  });

  it('where no page can put the question', () => {
    const { question, show } = rig(WAITING, false);
    expect(question.put()).toBe(false);
    expect(show).not.toHaveBeenCalled();
  });

  it('once the app stops or the system ends the session', () => {
    const { question } = rig();
    question.drop();
    expect(question.put()).toBe(false);
  });
});

describe('while something waits', () => {
  it('the question is put with what waits, and closing waits for the answer', () => {
    const { question, show, quit } = rig();
    expect(question.put()).toBe(true);
    expect(show).toHaveBeenCalledExactlyOnceWith(WAITING);
    question.answer('shown');
    expect(quit).not.toHaveBeenCalled();
    question.answer('quit');
    expect(quit).toHaveBeenCalledOnce();
  });

  it('a page that does not show it within a second is not waited for', () => {
    const { question, timers, quit } = rig();
    question.put();
    expect(timers.delaysMs()).toEqual([SHOWN_WITHIN_MS]);
    timers.fireAll();
    expect(quit).toHaveBeenCalledOnce();
    question.answer('quit');
    expect(quit).toHaveBeenCalledOnce();
  });

  it('a page that shows it has all the time there is', () => {
    const { question, timers } = rig();
    question.put();
    question.answer('shown');
    expect(timers.delaysMs()).toEqual([]);
  });

  it('a second close while it stands quits, shown or not', () => {
    for (const isShown of [true, false]) {
      const { question } = rig();
      question.put();
      if (isShown) question.answer('shown');
      expect(question.put()).toBe(false);
    }
  });

  it('"Keep open" keeps it open, and the next close asks again', () => {
    const { question, quit, show } = rig();
    question.put();
    question.answer('shown');
    question.answer('keep-open');
    expect(quit).not.toHaveBeenCalled();
    expect(question.put()).toBe(true);
    expect(show).toHaveBeenCalledTimes(2);
  });

  it('an answer to a question that nobody put changes nothing', () => {
    const { question, quit } = rig();
    question.answer('quit');
    question.answer('shown');
    expect(quit).not.toHaveBeenCalled();
    expect(question.put()).toBe(true);
  });
});
