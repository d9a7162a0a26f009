import { describe, expect, it } from 'vitest';
import { createRunner } from '../../../src-main/sync/runner.js';

/** Work that the test lets come to its end, one piece at a time. */
function heldWork() {
  const waiting: (() => void)[] = [];
  let started = 0;
  let atOnce = 0;
  let mostAtOnce = 0;
  return {
    started: () => started,
    mostAtOnce: () => mostAtOnce,
    work: async () => {
      started += 1;
      atOnce += 1;
      mostAtOnce = Math.max(mostAtOnce, atOnce);
      await new Promise<void>((resolve) => waiting.push(resolve));
      atOnce -= 1;
    },
    finishOne: async () => {
      waiting.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

describe('a runner', () => {
  it('starts at once', () => {
    const held = heldWork();
    createRunner(held.work).run();
    expect(held.started()).toBe(1);
  });

  it('runs one at a time and, however often it was asked meanwhile, exactly once more', async () => {
    const held = heldWork();
    const runner = createRunner(held.work);
    for (let wish = 0; wish < 5; wish += 1) runner.run();
    expect(held.started()).toBe(1);
    await held.finishOne();
    expect(held.started()).toBe(2);
    await held.finishOne();
    expect(held.started()).toBe(2);
    expect(held.mostAtOnce()).toBe(1);
    runner.run();
    expect(held.started()).toBe(3);
  });

  it('takes a wish during the second run for a third', async () => {
    const held = heldWork();
    const runner = createRunner(held.work);
    runner.run();
    runner.run();
    await held.finishOne();
    runner.run();
    await held.finishOne();
    expect(held.started()).toBe(3);
  });

  it('starts nothing after a stop and waits for what runs', async () => {
    const held = heldWork();
    const runner = createRunner(held.work);
    runner.run();
    runner.run();
    let stopped = false;
    const stop = runner.stop().then(() => (stopped = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(stopped).toBe(false);
    await held.finishOne();
    await stop;
    runner.run();
    expect(held.started()).toBe(1);
  });
});
