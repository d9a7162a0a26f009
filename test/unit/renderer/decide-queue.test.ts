import { expect, test } from 'vitest';
import {
  createDecideQueue,
  type Press,
  type PressOutcome,
} from '../../../src-renderer/decide-queue.js';

/** A main process that answers when the test says so. */
function slowMain() {
  const calls: { press: Press; answer: (outcome: PressOutcome) => void }[] = [];
  const queue = createDecideQueue(
    (press) => new Promise((resolve) => calls.push({ press, answer: resolve })),
  );
  const press = (part: Partial<Press>): Promise<PressOutcome> =>
    queue.submit({
      service: 'integro',
      revision: 1,
      action: 'save',
      surface: 'settings',
      choices: {},
      ...part,
    });
  const kept = (index: number, revision: number): void =>
    calls[index]?.answer({ ok: true, value: { revision } });
  const sent = (): string[] =>
    calls.map(({ press }) => `${JSON.stringify(press.choices)}@${press.revision}`);
  /** Lets everything run that waits for nothing but its turn. */
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  };
  return { press, kept, sent, settle, calls };
}

const yes = (purpose: string): Partial<Press> => ({ choices: { [purpose]: 'granted' } });
const no = (purpose: string): Partial<Press> => ({ choices: { [purpose]: 'denied' } });

test('a yes waits for the press before it and names the screen that press left', async () => {
  const main = slowMain();
  void main.press(yes('a'));
  void main.press(yes('b'));
  expect(main.sent()).toEqual(['{"a":"granted"}@1']);
  main.kept(0, 7);
  await main.settle();
  expect(main.sent()).toEqual(['{"a":"granted"}@1', '{"b":"granted"}@7']);
});

test('with nothing on its way, a press names the screen that was on show', async () => {
  const main = slowMain();
  void main.press(yes('a'));
  main.kept(0, 7);
  await main.settle();
  void main.press({ ...yes('b'), revision: 9 });
  expect(main.sent()[1]).toBe('{"b":"granted"}@9');
});

test('a no never waits', () => {
  const main = slowMain();
  void main.press(yes('a'));
  void main.press(no('b'));
  void main.press({ action: 'withdraw' });
  expect(main.sent()).toHaveLength(3);
});

test('a yes after a no to the same thing still comes after it', async () => {
  const main = slowMain();
  void main.press(no('a'));
  const second = main.press(yes('a'));
  main.kept(0, 2);
  await main.settle();
  main.kept(1, 3);
  expect(main.sent()).toEqual(['{"a":"denied"}@1', '{"a":"granted"}@2']);
  expect((await second).ok).toBe(true);
});

test.each([
  ['the same purpose', no('b')],
  ['everything', { action: 'withdraw' as const }],
])('a no to %s takes back a yes that has not left', async (_what, denial) => {
  const main = slowMain();
  void main.press(yes('a'));
  const takenBack = main.press(yes('b'));
  void main.press(denial);
  expect(await takenBack).toEqual({ ok: false, error: { code: 'overtaken' } });
  main.kept(0, 2);
  main.kept(1, 3);
  await main.settle();
  expect(main.sent()).toHaveLength(2);
  expect(main.sent().some((call) => call.includes('"b":"granted"'))).toBe(false);
});

test('a no to one thing leaves a waiting yes to another', async () => {
  const main = slowMain();
  void main.press(yes('a'));
  void main.press(yes('b'));
  void main.press(no('c'));
  main.kept(0, 2);
  main.kept(1, 3);
  await main.settle();
  expect(main.sent()).toEqual(['{"a":"granted"}@1', '{"c":"denied"}@1', '{"b":"granted"}@3']);
});

test('a press that was not taken lets the next one go', async () => {
  const main = slowMain();
  void main.press(yes('a'));
  void main.press(yes('b'));
  main.calls[0]?.answer({ ok: false, error: { code: 'not-saved', cause: 'full' } });
  await main.settle();
  expect(main.sent()).toEqual(['{"a":"granted"}@1', '{"b":"granted"}@1']);
});

test('services do not wait for one another', () => {
  const main = slowMain();
  void main.press(yes('a'));
  void main.press({ ...yes('a'), service: 'katror' });
  expect(main.sent()).toHaveLength(2);
});
