import { pathToFileURL } from 'node:url';
import path from 'node:path';
import type { Measured } from '../../scripts/bench/rows.mjs';
import { checkInWorker } from '../../src-main/ledger/check-in-worker.js';

interface Options {
  /** Folder of the profile. */
  readonly folder: string;
  /** Path of the built worker. */
  readonly worker: string;
  readonly decisions: number;
  readonly rounds: number;
}

/** How long the app's own worker takes for the whole check of a profile. */
export async function measureWholeCheck(options: Options): Promise<Measured[]> {
  const { folder, worker, decisions, rounds } = options;
  const file = path.join(folder, 'sayso.db');
  const ours: number[] = [];
  // The app does not wait for its worker when it closes; this program has nothing else to wait for.
  const awake = setInterval(() => undefined, 1000);
  for (let round = 0; round < rounds; round += 1) {
    const startedMs = performance.now();
    const report = await checkInWorker(pathToFileURL(worker), file);
    ours.push((performance.now() - startedMs) / 1000);
    const isSound = report.unreadable === null && Object.keys(report.findings).length === 0;
    if (!isSound || report.prevented !== undefined || report.entries !== decisions) {
      throw new Error(`not sound: ${JSON.stringify(report)}`);
    }
  }
  clearInterval(awake);
  return [
    {
      name: 'whole-check',
      unit: 's',
      what: `the whole check of a profile with ${decisions} decisions on its worker`,
      ours,
      baseline: [],
      goal: { is: 'at most', value: 60, quantile: 1 },
      notes: ['decisions of the signed-out person, which are hashed and chained and not signed'],
    },
  ];
}
