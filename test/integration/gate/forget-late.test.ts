import { expect } from 'vitest';
import { test } from '../../support/gate/gate-device.js';

test('what a page tries while it is being closed and forgotten is not counted afterwards', async ({
  device,
}) => {
  const { core } = device.rig;
  const countsOf = (): number => core.gate.counts('alpha').length;
  let tried = 0;
  core.device.useSites({
    isOpen: () => false,
    clear() {
      core.gate.pageRequest('alpha', 'https://stranger.example/late', 'image');
      tried = countsOf();
      return Promise.resolve();
    },
    stored: () => Promise.resolve([]),
    remove: () => Promise.resolve(false),
  });
  expect(await core.device.forget('alpha')).toMatchObject({ ok: true });
  expect(tried).toBe(1);
  expect(countsOf()).toBe(0);
});
