import { expect, it } from 'vitest';
import { createClosableFetch } from '../../../src-main/api/index.js';

/** A network that never answers, and says how its requests ended. */
function silent() {
  const ended: unknown[] = [];
  const network = createClosableFetch(
    (_, { signal }) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => {
          ended.push(signal.reason);
          reject(new Error('cut short'));
        });
      }),
  );
  return { network, ended };
}

it('cuts a request short when its time is over, also after the limit could have been collected', async () => {
  const { network } = silent();
  const answer = network.fetch('http://127.0.0.1/', { signal: AbortSignal.timeout(300) });
  // Fills memory until garbage has surely been collected.
  for (let round = 0; round < 40; round += 1) new Array(500_000).fill(round);
  (globalThis as { gc?: () => void }).gc?.();
  await expect(answer).rejects.toThrow('cut short');
});

it('cuts every request short when it closes, and each only once', async () => {
  const { network, ended } = silent();
  const limit = new AbortController();
  const answers = [1, 2].map(() => network.fetch('http://127.0.0.1/', { signal: limit.signal }));
  network.close();
  for (const answer of answers) await expect(answer).rejects.toThrow('cut short');
  limit.abort();
  expect(ended).toHaveLength(2);
});

it('lets nothing begin once it is closed', async () => {
  const asked: string[] = [];
  const network = createClosableFetch((url) => {
    asked.push(url);
    return Promise.resolve(new Response());
  });
  network.close();
  await expect(network.fetch('http://127.0.0.1/', {})).rejects.toThrow('closed');
  expect(asked).toEqual([]);
});
