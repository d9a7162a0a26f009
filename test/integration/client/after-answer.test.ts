import { afterEach, expect, it } from 'vitest';
import { turn } from '../../../src-main/turn.js';
import { openRig } from '../../support/client/core-rig.js';
import { memoryKeychain } from '../../support/client/memory-keychain.js';
import { START_MS } from '../../support/client/sample-decision.js';
import { temporaryFolder } from '../../support/client/temporary-folder.js';
import { until } from '../../support/client/until.js';

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0).toReversed()) end();
});

/** A client whose page takes as long as the test wants to show what a press came to. */
function clientWithSlowPage() {
  const { folder, remove } = temporaryFolder('after-answer');
  ends.push(remove);
  const follows: (() => void)[] = [];
  const told: string[] = [];
  const keychain = memoryKeychain();
  const rig = openRig({
    folder,
    fetch: () => Promise.reject(new TypeError('no network')),
    server: 'http://127.0.0.1:9',
    keychain,
    clock: { nowMs: START_MS },
    onServiceChanged: ({ purposes }) =>
      void told.push(purposes.find(({ id }) => id === 'analytics')?.state ?? ''),
    afterAnswer: (work) => void follows.push(work),
  });
  const press = () => {
    const { revision } = rig.view();
    const choices = { analytics: 'granted' } as const;
    const input = { service: 'alpha', revision, surface: 'settings' } as const;
    return rig.handlers['consent.decide']({ ...input, action: 'save', choices });
  };
  const letFollow = (): void => {
    for (const work of follows.splice(0)) work();
  };
  return { rig, press, told, keychain, letFollow };
}

it('a press is on the disk with its answer; windows and the keychain hear of it once the page has shown that', async () => {
  const { rig, press, told, keychain, letFollow } = clientWithSlowPage();
  ends.push(() => void rig.stop());
  await rig.core.begin();
  expect(await press()).toMatchObject({ ok: true });
  expect(rig.states()).toMatchObject({ analytics: 'granted' });
  await turn();
  expect(told).not.toContain('granted');
  expect(keychain.of('anchor')).toEqual([]);

  letFollow();
  expect(told).toContain('granted');
  await until(() => {
    expect(keychain.of('anchor')).toHaveLength(1);
  });
});

it('what was to follow a press no longer does once the app has closed its file', async () => {
  const { rig, press, told, letFollow } = clientWithSlowPage();
  expect(await press()).toMatchObject({ ok: true });
  await rig.stop();
  letFollow();
  expect(told).not.toContain('granted');
});
