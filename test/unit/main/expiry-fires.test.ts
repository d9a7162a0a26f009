import { expect, describe, it } from 'vitest';
import { createChangeWatch } from '../../../src-main/clock/change-watch.js';
import { createTrustedClock } from '../../../src-main/clock/trusted-clock.js';
import { readPurpose, type Head } from '../../../src-shared/consent/effective-state.js';
import { DAY_MS, LONGEST_GRANT_MS } from '../../../src-shared/consent/expiry.js';
import { nextChangeMs } from '../../../src-shared/consent/next-change.js';
import { manualTimers } from '../../support/client/manual-timers.js';
import { START_MS } from '../../support/client/sample-decision.js';

const GRANT: Head = {
  id: 'a',
  choice: 'granted',
  atMs: START_MS,
  pressedAtMs: START_MS,
  receivedAtMs: null,
  policyVersion: '1',
  rests: false,
};

/** Clock, watch and reading together, as the app has them, over one grant that was just given. */
function running() {
  const at = { wallMs: START_MS, bootMs: 0 };
  const timers = manualTimers();
  const told: string[] = [];
  const clock = createTrustedClock({
    wallMs: () => at.wallMs,
    sinceBootMs: () => at.bootMs,
    read: () => 0,
    write: () => undefined,
    soon: (keep) => {
      keep();
    },
  });
  const changedAtMs = (): null => null;
  const state = (): string =>
    readPurpose([GRANT], { trustedNowMs: clock.nowMs(), changedAtMs }).state;
  const watch = createChangeWatch({
    services: ['integro'],
    nextChangeMs: () => nextChangeMs([{ heads: [GRANT], changedAtMs }], clock.nowMs()),
    nowMs: () => clock.nowMs(),
    startTimer: timers.startTimer,
    onDue: () => told.push(state()),
  });
  watch.start();
  const pass = (ms: number): void => {
    at.wallMs += ms;
    at.bootMs += ms;
  };
  return { at, timers, told, clock, watch, state, pass };
}

describe('a grant ends while the app runs', () => {
  it('within the timer that was running, and is told once', () => {
    const { timers, told, pass } = running();
    pass(LONGEST_GRANT_MS - 1);
    timers.fireAll();
    expect(told).toEqual([]);
    pass(1);
    timers.fireAll();
    timers.fireAll();
    expect(told).toEqual(['expired']);
  });

  it('when the machine wakes from a long sleep', () => {
    const { told, watch, pass } = running();
    pass(2 * LONGEST_GRANT_MS);
    watch.check();
    expect(told).toEqual(['expired']);
  });

  it('though the clock was set to 1970', () => {
    const { at, timers, told, pass } = running();
    at.wallMs = 0;
    pass(LONGEST_GRANT_MS);
    timers.fireAll();
    expect(told).toEqual(['expired']);
  });

  it('when the clock is set to 2030, and stays ended when it is set back, until a server says the time', () => {
    const { at, told, clock, watch, state } = running();
    at.wallMs = Date.UTC(2030, 0, 1);
    watch.check();
    at.wallMs = START_MS + DAY_MS;
    watch.check();
    expect([told, state()]).toEqual([['expired'], 'expired']);
    clock.provenMs(START_MS + DAY_MS, { fresh: true });
    watch.check();
    expect([told, state()]).toEqual([['expired'], 'granted']);
    at.wallMs = START_MS + LONGEST_GRANT_MS;
    watch.check();
    expect(told).toEqual(['expired', 'expired']);
  });
});
