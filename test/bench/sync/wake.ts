import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Measured } from '../../../scripts/bench/rows.mjs';
import { SERVICE } from '../presser.js';
import { openLiveClient, press, signInAs, type LiveClient } from './live-client.js';

interface Options {
  readonly folder: string;
  /** Address of a running reference server. */
  readonly ours: string;
  /** How often the network comes back with a hint, and how often without one. */
  readonly hints: number;
  readonly silences: number;
  readonly random: () => number;
}

/** 1, 2, 4, 8 and 15 s at most lie between them. */
const TRIES_IN_VAIN = 6;
const LATER_MS = 2_000;

/**
 * How long a decision that was made without a network takes to be received once there is one: with the hint that the
 * system gives, and with no hint at all, by the client's own timer.
 */
export async function measureWake(options: Options): Promise<Measured[]> {
  const { folder, ours, hints, silences, random } = options;
  const client = await openLiveClient(path.join(folder, 'wake'), ours);
  const hinted: number[] = [];
  const unhinted: number[] = [];
  try {
    await signInAs(client, `${randomUUID()}@example.org`, true);
    await client.whenSeen(({ sync }) => sync.state === 'synced');
    for (let round = 0; round <= hints; round += 1) {
      await decideOffline(client, round);
      client.setOnline(true);
      const startedMs = performance.now();
      client.core.sync.wake(SERVICE);
      await client.whenSeen(({ sync }) => sync.waiting === 0);
      // The first one warms up.
      if (round > 0) hinted.push(performance.now() - startedMs);
    }
    for (let round = 0; round < silences; round += 1) {
      await decideOffline(client, round);
      // By then the pause between two tries has grown as long as it may.
      await client.whenSeen(() => triesInVain(client) >= TRIES_IN_VAIN);
      // Not at the very moment of a try.
      await setTimeout(random() * LATER_MS);
      client.setOnline(true);
      const startedMs = performance.now();
      await client.whenSeen(({ sync }) => sync.waiting === 0);
      unhinted.push(performance.now() - startedMs);
    }
  } finally {
    await client.stop();
  }
  return [
    {
      name: 'wake',
      unit: 'ms',
      what: 'from the hint that there is a network again to a decision received',
      ours: hinted,
      baseline: [],
      goal: { is: 'at most', value: 300, quantile: 0.95 },
      notes: ['c15t sends nothing before its next start'],
    },
    {
      name: 'wake-without-hint',
      unit: 'ms',
      what: 'from the return of the network, which nobody says anything of, to a decision received',
      ours: unhinted,
      baseline: [],
      goal: { is: 'at most', value: 15_000, quantile: 1 },
      notes: [`real timers, the window in front, after ${TRIES_IN_VAIN} tries in vain`],
    },
  ];
}

function triesInVain({ core }: LiveClient): number {
  const { tries } = core.sync.detail(SERVICE);
  const good = tries.findIndex(({ problem }) => problem === 'none');
  return good < 0 ? tries.length : good;
}

/** Decides without a network, and waits until the client has tried in vain. */
async function decideOffline(client: LiveClient, round: number): Promise<void> {
  client.setOnline(false);
  press(client, round % 2 === 0 ? 'necessary-only' : 'accept-all');
  await client.whenSeen(({ sync }) => sync.waiting > 0 && sync.problem === 'no-network');
}
