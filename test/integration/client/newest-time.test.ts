import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { createTrustedClock } from '../../../src-main/clock/index.js';
import type { Store } from '../../../src-main/store/index.js';
import { openRig } from '../../support/client/core-rig.js';
import { memoryKeychain } from '../../support/client/memory-keychain.js';
import { mustOpen } from '../../support/client/open-store.js';
import { START_MS } from '../../support/client/sample-decision.js';
import { temporaryFolder } from '../../support/client/temporary-folder.js';
import { until } from '../../support/client/until.js';

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0).toReversed()) end();
});

function clockOf(store: Store, wallMs: number) {
  return createTrustedClock({
    wallMs: () => wallMs,
    sinceBootMs: () => 0,
    read: () => store.meta.newestTimeMs(),
    write: (ms) => {
      store.meta.setNewestTimeMs(ms);
    },
    soon: (keep) => {
      keep();
    },
  });
}

it('the newest time a profile has seen outlives the app, and is not believed where it is no time', () => {
  const { folder, remove } = temporaryFolder('newest-time');
  ends.push(remove);
  const file = path.join(folder, 'sayso.db');

  const first = mustOpen(file);
  expect(first.meta.newestTimeMs()).toBe(0);
  const clock = clockOf(first, START_MS);
  clock.nowMs();
  clock.stop();
  first.close();

  const second = mustOpen(file);
  ends.push(() => {
    second.close();
  });
  expect(second.meta.newestTimeMs()).toBe(START_MS);
  const setBack = clockOf(second, 0);
  expect([setBack.nowMs(), setBack.reading()]).toEqual([START_MS, 'behind']);

  second.meta.setNewestTimeMs(Number.NaN);
  expect(second.meta.newestTimeMs()).toBeNaN();
  expect(clockOf(second, START_MS).nowMs()).toBe(START_MS);
});

it('a press after a rest commits itself alone, and the time is kept behind it', async () => {
  const { folder, remove } = temporaryFolder('newest-time');
  ends.push(remove);
  const clock = { nowMs: START_MS };
  const rig = openRig({
    folder,
    fetch: () => Promise.reject(new TypeError('no network')),
    server: 'http://127.0.0.1:9',
    keychain: memoryKeychain(),
    clock,
  });
  const { revision } = rig.view();
  await until(() => {
    expect(rig.store.meta.newestTimeMs()).toBe(START_MS);
  });
  const { commits } = rig.store.seal.latest();
  clock.nowMs += 10 * 60 * 1000;
  const decided = rig.handlers['consent.decide']({
    service: 'alpha',
    revision,
    action: 'withdraw',
    surface: 'settings',
    choices: {},
  });
  expect(decided).toMatchObject({ ok: true });
  expect(rig.store.seal.latest().commits).toBe(commits + 1);
  await until(() => {
    expect(rig.store.meta.newestTimeMs()).toBe(clock.nowMs);
  });
  await rig.stop();
});
