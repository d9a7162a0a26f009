import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRig, type Rig } from '../../support/client/core-rig.js';
import { memoryKeychain } from '../../support/client/memory-keychain.js';
import { START_MS } from '../../support/client/sample-decision.js';
import { temporaryFolder, type TemporaryFolder } from '../../support/client/temporary-folder.js';

const DAY_MS = 86_400_000;
const GRANTED = { analytics: 'granted', advertising: 'granted' };
const EXPIRED = { analytics: 'expired', advertising: 'expired' };

let temporary: TemporaryFolder;
let clock: { nowMs: number; sinceBootMs: number };
let rig: Rig;

function start(): Rig {
  return openRig({
    folder: temporary.folder,
    fetch: () => Promise.reject(new TypeError('no network')),
    server: 'http://127.0.0.1:9',
    keychain: memoryKeychain(),
    clock,
  });
}

beforeEach(async () => {
  temporary = temporaryFolder('clock');
  clock = { nowMs: START_MS, sinceBootMs: 0 };
  rig = start();
  await rig.core.begin();
  const { revision } = rig.view();
  const press = { service: 'alpha', revision, surface: 'settings' as const, choices: {} };
  const said = await rig.handlers['consent.decide']({ ...press, action: 'accept-all' });
  expect(said.ok).toBe(true);
  expect(rig.states()).toEqual(GRANTED);
});
afterEach(async () => {
  await rig.stop();
  temporary.remove();
});

describe('a grant, while the clock', () => {
  it('stands at 1970: it holds until its time has really passed, and then it is over', () => {
    clock.nowMs = 0;
    expect(rig.view().clock).toBe('behind');
    expect(rig.states()).toEqual(GRANTED);
    clock.sinceBootMs += 364 * DAY_MS;
    rig.watchTimers.fireAll();
    expect(rig.states()).toEqual(GRANTED);
    clock.sinceBootMs += DAY_MS;
    rig.watchTimers.fireAll();
    expect(rig.states()).toEqual(EXPIRED);
  });

  it('is set to 2030: it ends within the timer that runs, and nothing reopens when it is set back', async () => {
    clock.nowMs = Date.UTC(2030, 0, 1);
    rig.watchTimers.fireAll();
    expect(rig.states()).toEqual(EXPIRED);
    clock.nowMs = START_MS + 1000;
    rig.watchTimers.fireAll();
    expect(rig.states()).toEqual(EXPIRED);
    await rig.stop();
    rig = start();
    expect(rig.states(), 'after the next start').toEqual(EXPIRED);
  });

  it('steps to and fro: it is over once a step has passed its end, and stays so', () => {
    for (const days of [-400, 200, -1000, 364]) {
      clock.nowMs = START_MS + days * DAY_MS;
      rig.watchTimers.fireAll();
      expect(rig.states(), `${days} days`).toEqual(GRANTED);
    }
    for (const days of [365, -400, 0]) {
      clock.nowMs = START_MS + days * DAY_MS;
      rig.watchTimers.fireAll();
      expect(rig.states(), `then ${days} days`).toEqual(EXPIRED);
    }
  });
});
