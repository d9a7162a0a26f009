import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { Measured } from '../../../scripts/bench/rows.mjs';
import type { ServiceView } from '../../../src-shared/views.js';
import { openLiveClient, press, signInAs } from './live-client.js';

interface Options {
  readonly folder: string;
  /** Address of a running reference server. */
  readonly ours: string;
  readonly rounds: number;
}

/** From the press on one device to the moment at which the window of another is told what to show. */
export async function measureDevices({ folder, ours, rounds }: Options): Promise<Measured[]> {
  const first = await openLiveClient(path.join(folder, 'first'), ours);
  const second = await openLiveClient(path.join(folder, 'second'), ours);
  const tookMs: number[] = [];
  try {
    const email = `${randomUUID()}@example.org`;
    await signInAs(first, email, true);
    await signInAs(second, email, false);
    for (const device of [first, second]) {
      await device.whenSeen(({ sync }) => sync.state === 'synced' && sync.waiting === 0);
    }
    for (let round = 0; round <= rounds; round += 1) {
      const isRefusal = round % 2 === 1;
      const startedMs = performance.now();
      press(first, isRefusal ? 'necessary-only' : 'accept-all');
      await second.whenSeen(isRefusal ? allRefused : allGranted);
      // The first one warms up, and opens the stream where it was not open yet.
      if (round > 0) tookMs.push(performance.now() - startedMs);
    }
  } finally {
    await first.stop();
    await second.stop();
  }
  return [
    {
      name: 'device-to-device',
      unit: 'ms',
      what: 'from the press on one device to the change of another, over loopback: commit, push, event stream, pull, commit',
      ours: tookMs,
      baseline: [],
      goal: { is: 'at most', value: 200, quantile: 0.95 },
      notes: [
        'both clients in one process, the server in another; c15t never tells another device',
      ],
    },
  ];
}

const optional = ({ purposes }: ServiceView) => purposes.filter(({ kind }) => kind === 'optional');
const allRefused = (view: ServiceView): boolean =>
  optional(view).every(({ state }) => state === 'denied');
const allGranted = (view: ServiceView): boolean =>
  optional(view).some(({ state }) => state === 'granted');
