import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createWorker } from '../../../../src-server/events/worker.js';

/** Work that ends when the test says so. */
function heldWork() {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const work = (key: string): Promise<void> => {
    begun.push(key);
    return new Promise((resolve) => ends.set(key, resolve));
  };
  const end = async (key: string): Promise<void> => {
    ends.get(key)?.();
    await Promise.resolve();
    await Promise.resolve();
  };
  return { begun, work, end };
}

describe('a worker', () => {
  it('does a key once at a time, and once more when asked meanwhile, however often', async () => {
    const { begun, work, end } = heldWork();
    const worker = createWorker(4, work);
    for (let count = 0; count < 5; count += 1) worker.ask('a');
    expect(begun).toEqual(['a']);
    await end('a');
    expect(begun).toEqual(['a', 'a']);
    await end('a');
    expect(begun).toEqual(['a', 'a']);
  });

  it('does no more than so many at once, in the order of asking, and passes by who has to wait', async () => {
    const { begun, work, end } = heldWork();
    const worker = createWorker(2, work);
    for (const key of ['a', 'b', 'a', 'c', 'd']) worker.ask(key);
    expect(begun).toEqual(['a', 'b']);
    await end('b');
    expect(begun).toEqual(['a', 'b', 'c']);
    await end('a');
    expect(begun).toEqual(['a', 'b', 'c', 'a']);
  });

  it('never leaves the last asking undone', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('a', 'b', 'c', '-'), { maxLength: 30 }),
        async (steps) => {
          const asked = new Map<string, number>();
          const done = new Map<string, number>();
          let now = 0;
          const pending: (() => void)[] = [];
          const worker = createWorker(2, (key) => {
            const startedAt = now;
            return new Promise((resolve) => {
              pending.push(() => {
                done.set(key, startedAt);
                resolve();
              });
            });
          });
          const settle = async (): Promise<void> => {
            pending.shift()?.();
            for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
          };
          for (const step of steps) {
            now += 1;
            if (step === '-') await settle();
            else {
              asked.set(step, now);
              worker.ask(step);
            }
          }
          while (pending.length > 0) await settle();
          for (const [key, at] of asked) expect(done.get(key)).toBeGreaterThanOrEqual(at);
        },
      ),
    );
  });
});
