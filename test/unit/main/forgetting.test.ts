import { expect, test } from 'vitest';
import { createForgetting } from '../../../src-main/gate/forget.js';
import { ok } from '../../../src-shared/result.js';

test('a database that can no longer be read is reported, and what is to be forgotten is asked for the next time', async () => {
  const unexpected: unknown[] = [];
  const asked: string[] = [];
  const due = [{ batch: 'b1', baseAddress: 'https://alpha.example/sayso' }];
  let isBroken = true;
  const forgetting = createForgetting({
    store: {
      isOpen: () => true,
      truncateLog: () => undefined,
      commit: (write) => ok(write()),
      toolBatches: {
        toForget: () => {
          if (isBroken) throw new Error('database disk image is malformed');
          return due.splice(0);
        },
        remove: () => undefined,
      } as never,
    },
    fetch: (address) => {
      asked.push(address);
      return Promise.resolve(new Response(null, { status: 204 }));
    },
    firstParty: () => ['alpha.example'],
    onRuled: () => undefined,
    onUnexpected: (service, error) => unexpected.push([service, String(error)]),
  });
  await forgetting.run('alpha');
  expect(unexpected).toEqual([['alpha', 'Error: database disk image is malformed']]);
  isBroken = false;
  await forgetting.run('alpha');
  expect(asked).toEqual(['https://alpha.example/sayso/otlp/forget']);
  expect(unexpected).toHaveLength(1);
});
