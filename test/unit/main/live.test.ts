import { describe, expect, it } from 'vitest';
import { createLive, SILENCE_MS, type LiveTarget } from '../../../src-main/sync/live.js';
import type { ApiClient, ServerEvent, StreamEnd } from '../../../src-main/api/index.js';
import { manualTimers } from '../../support/client/manual-timers.js';

type Listener = Parameters<ApiClient['events']>[2];

interface Opened {
  readonly target: LiveTarget;
  readonly lastEventId: string;
  readonly listener: Listener;
  readonly signal: AbortSignal;
  /** Ends the stream and lets that be noticed. */
  readonly end: (end: StreamEnd) => Promise<void>;
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const ONE: LiveTarget = { baseAddress: 'https://alpha.example', token: 'one' };
const OTHER: LiveTarget = { ...ONE, token: 'other' };

function rig() {
  const timers = manualTimers();
  const clock = { nowMs: 0 };
  const opened: Opened[] = [];
  const told: string[] = [];
  const live = createLive({
    api: {
      events: (baseAddress, { token, lastEventId, signal }, listener) =>
        new Promise((resolve) => {
          const end = async (how: StreamEnd): Promise<void> => {
            resolve(how);
            await turn();
          };
          signal.addEventListener('abort', () => resolve({ kind: 'ended' }));
          opened.push({ target: { baseAddress, token }, lastEventId, listener, signal, end });
        }),
    },
    startTimer: timers.startTimer,
    sinceBootMs: () => clock.nowMs,
    random: () => 0.5,
    onEvent: (event: ServerEvent) => told.push(event.name),
    onLive: () => told.push('live'),
    onEnd: ({ kind }) => told.push(kind),
  });
  const newest = (): Opened => {
    const found = opened.at(-1);
    if (!found) throw new Error('nothing was opened');
    return found;
  };
  return { live, timers, clock, opened, newest, told };
}

const NEWS: ServerEvent = { name: 'decisions', data: { cursor: 'abc' } };

describe('listening to a service', () => {
  it('opens one stream and keeps it', () => {
    const { live, opened, newest } = rig();
    live.follow(ONE, 'abc');
    live.follow(ONE, 'def');
    expect(opened).toHaveLength(1);
    expect(newest()).toMatchObject({ target: ONE, lastEventId: 'abc' });
  });

  it('is live from the first sign of life on, and tells that once', () => {
    const { live, newest, told } = rig();
    live.follow(ONE, '');
    expect(live.isLive()).toBe(false);
    newest().listener.onAlive();
    newest().listener.onAlive();
    expect([live.isLive(), told]).toEqual([true, ['live']]);
  });

  it('hears nothing any more of a stream that was closed, or of one for somebody else', async () => {
    const { live, opened, told } = rig();
    live.follow(ONE, '');
    live.follow(OTHER, '');
    expect(opened.map(({ signal }) => signal.aborted)).toEqual([true, false]);
    opened[0]?.listener.onAlive();
    opened[0]?.listener.onEvent(NEWS);
    live.close();
    opened[1]?.listener.onEvent(NEWS);
    await turn();
    expect(told).toEqual([]);
    expect([live.isLive(), live.reopenInMs(), opened[1]?.signal.aborted]).toEqual([
      false,
      null,
      true,
    ]);
  });

  it('takes silence for a break, sooner before the first word', async () => {
    const { live, timers, newest, told } = rig();
    live.follow(ONE, '');
    expect(timers.delaysMs()).toEqual([10_000]);
    newest().listener.onAlive();
    expect(timers.delaysMs()).toEqual([SILENCE_MS]);
    newest().listener.onAlive();
    expect(timers.delaysMs()).toEqual([SILENCE_MS]);
    timers.fireAll();
    await turn();
    expect(told).toEqual(['live', 'ended']);
    expect(timers.delaysMs()).toEqual([]);
  });
});

describe('a stream that ended', () => {
  it('is not opened again at once, and later the more often it failed', async () => {
    const { live, opened, newest, clock } = rig();
    const pauses: (number | null)[] = [];
    for (let round = 0; round < 4; round += 1) {
      live.follow(ONE, '');
      await newest().end({ kind: 'not-understood' });
      pauses.push(live.reopenInMs());
      live.follow(ONE, '');
      expect(opened).toHaveLength(round + 1);
      clock.nowMs += live.reopenInMs() ?? 0;
    }
    expect(pauses).toEqual([1250, 2250, 4250, 8250]);
  });

  it('that had lasted is as good as new', async () => {
    const { live, newest, clock } = rig();
    for (let round = 0; round < 3; round += 1) {
      live.follow(ONE, '');
      newest().listener.onAlive();
      clock.nowMs += 31_000;
      await newest().end({ kind: 'ended' });
      expect(live.reopenInMs()).toBe(1250);
      clock.nowMs += 1250;
    }
  });

  it('is opened again when the service wishes, and at once for somebody else', async () => {
    const { live, opened, newest } = rig();
    live.follow(ONE, '');
    await newest().end({ kind: 'server-error', retryAfterMs: 90_000 });
    expect(live.reopenInMs()).toBe(90_000);
    live.follow(OTHER, '');
    expect(opened).toHaveLength(2);
  });

  it('is seldom asked for where there is none', async () => {
    const { live, newest } = rig();
    live.follow(ONE, '');
    await newest().end({ kind: 'no-service' });
    expect(live.reopenInMs()).toBe(3_600_000);
  });
});
