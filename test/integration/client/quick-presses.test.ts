import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { createDecideQueue, type Press } from '../../../src-renderer/decide-queue.js';
import type { Choice } from '../../../src-shared/consent/decision.js';
import { openRig, type Rig } from '../../support/client/core-rig.js';
import { memoryKeychain } from '../../support/client/memory-keychain.js';
import { START_MS } from '../../support/client/sample-decision.js';
import { temporaryFolder } from '../../support/client/temporary-folder.js';
import { runsOf } from '../../support/counts.js';

const PURPOSES = ['advertising', 'analytics'] as const;
type Purpose = (typeof PURPOSES)[number];

type Step =
  | { readonly kind: 'press'; readonly purpose: Purpose; readonly choice: Choice }
  /** Withdraws everything. A yes to everything is no such step: a no to one purpose takes all of it back while it waits. */
  | { readonly kind: 'press'; readonly purpose: null; readonly choice: 'denied' }
  /** The main process does the oldest call, the window hears the oldest answer, or how things stand. */
  | { readonly kind: 'done' | 'answered' | 'told' };

const press = <Kind extends Purpose | null>(
  purposes: readonly Kind[],
  choices: readonly Choice[],
) =>
  fc.record({
    kind: fc.constant('press' as const),
    purpose: fc.constantFrom(...purposes),
    choice: fc.constantFrom(...choices),
  });

const step = fc.oneof(
  { weight: 6, arbitrary: press(PURPOSES, ['granted', 'denied']) },
  { weight: 1, arbitrary: press([null], ['denied']) },
  { weight: 7, arbitrary: fc.record({ kind: fc.constantFrom('done', 'answered', 'told') }) },
) as fc.Arbitrary<Step>;

const folder = temporaryFolder('quick-presses');
const rig = openRig({
  folder: folder.folder,
  fetch: () => Promise.reject(new TypeError('no network')),
  server: 'http://127.0.0.1:9',
  keychain: memoryKeychain(),
  clock: { nowMs: START_MS },
});
afterAll(async () => {
  await rig.stop();
  folder.remove();
});

/** A window whose calls and answers travel as slowly as the steps say. */
function slowWindow({ handlers, view }: Rig) {
  const calls: (() => void)[] = [];
  const answers: (() => void)[] = [];
  let { revision } = view();
  const queue = createDecideQueue(
    (press: Press) =>
      new Promise((resolve) => {
        calls.push(() => {
          const answer = handlers['consent.decide'](press);
          if (answer instanceof Promise)
            throw new Error('a decision is kept before it is answered');
          answers.push(() => {
            resolve(answer);
          });
        });
      }),
  );
  const does: Record<Exclude<Step['kind'], 'press'>, () => void> = {
    done: () => calls.shift()?.(),
    answered: () => answers.shift()?.(),
    told: () => void ({ revision } = view()),
  };
  const press = (purpose: Purpose | null, choice: Choice): void => {
    const said =
      purpose === null
        ? ({ action: 'withdraw', choices: {} } as const)
        : ({ action: 'save', choices: { [purpose]: choice } } as const);
    void queue.submit({ service: 'alpha', revision, surface: 'settings', ...said });
  };
  return { press, does, isIdle: () => calls.length + answers.length === 0 };
}

/** Lets the promises of the window go on; none of them waits for longer than its turn. */
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};

it('whatever one person presses in one window, in whatever rhythm, each purpose ends as they last said', async () => {
  const runs = Math.min(runsOf('histories'), 2_000);
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 24 }), async (steps) => {
      const window = slowWindow(rig);
      const last = new Map<Purpose, Choice>();
      for (const one of steps) {
        if (one.kind === 'press') {
          window.press(one.purpose, one.choice);
          for (const purpose of PURPOSES)
            if (purpose === (one.purpose ?? purpose)) last.set(purpose, one.choice);
        } else window.does[one.kind]();
        await settle();
      }
      while (!window.isIdle()) {
        window.does.done();
        window.does.answered();
        await settle();
      }
      expect(rig.states()).toMatchObject(Object.fromEntries(last));
    }),
    { numRuns: runs },
  );
});
