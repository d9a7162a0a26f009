import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDrawWithAnswer, ONE_FRAME_MS } from '../../../src-renderer/draw-with-answer.js';
import { manualTimers } from '../../support/client/manual-timers.js';

function screen() {
  const timers = manualTimers();
  const drawWithAnswer = createDrawWithAnswer(timers.startTimer);
  const drawn: number[] = [];
  const press = (number: number) => drawWithAnswer(() => void drawn.push(number));
  return { timers, drawn, press };
}

test('a press is drawn with its answer, and not again a frame later', () => {
  const { timers, drawn, press } = screen();
  const answered = press(1);
  expect(drawn).toEqual([]);
  answered();
  expect(drawn).toEqual([1]);
  expect(timers.delaysMs()).toEqual([]);
});

test('a press whose answer takes longer is drawn after a frame, and not again with the answer', () => {
  const { timers, drawn, press } = screen();
  const answered = press(1);
  expect(timers.delaysMs()).toEqual([ONE_FRAME_MS]);
  timers.fireAll();
  expect(drawn).toEqual([1]);
  answered();
  expect(drawn).toEqual([1]);
});

test('a second press is drawn at once, after the one that still waits', () => {
  const { drawn, press } = screen();
  press(1);
  press(2);
  expect(drawn).toEqual([1, 2]);
});

test('whatever comes when, each press is drawn once, in order, and a drawn one never behind one that is not', () => {
  const happenings = fc.array(
    fc.oneof(
      fc.constant('press' as const),
      fc.constant('frame' as const),
      fc.nat(20).map((answer) => ({ answer })),
    ),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(happenings, (all) => {
      const { timers, drawn, press } = screen();
      const answers: (() => void)[] = [];
      for (const happening of all) {
        if (happening === 'press') answers.push(press(answers.length));
        else if (happening === 'frame') timers.fireAll();
        else answers[happening.answer]?.();
        expect(drawn).toEqual([...answers.keys()].slice(0, drawn.length));
        expect(answers.length - drawn.length).toBeLessThanOrEqual(1);
        expect(timers.delaysMs()).toHaveLength(answers.length - drawn.length);
      }
    }),
  );
});
