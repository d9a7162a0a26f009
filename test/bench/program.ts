import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Measured } from '../../scripts/bench/rows.mjs';
import { seededRandom } from '../../scripts/bench/random.mjs';
import { measureCommit } from './commit.js';
import { measureEffectiveState } from './effective-state.js';
import { measureLedgerCheck } from './ledger-check.js';
import { measureClose } from './gate/close.js';
import { makeProfile, makeRecording } from './prepare.js';
import { listenToSqlite, type Recorder } from './recorder.js';
import { measureOnPostgres } from './server/on-postgres.js';
import { measureThroughput } from './server/throughput.js';
import { soak, type Soak } from './soak/soak.js';
import { measureDevices } from './sync/devices.js';
import { measureQueue } from './sync/queue.js';
import { measureWake } from './sync/wake.js';
import { measureWholeCheck } from './whole-check.js';

/** What `scripts/bench.mjs` asks this program for, as JSON in its only argument. */
export interface Order {
  readonly measurement:
    | 'commit'
    | 'effective-state'
    | 'gate-close'
    | 'ledger-check'
    | 'profile'
    | 'whole-check'
    | 'recording'
    | 'server'
    | 'server-on-postgres'
    | 'queue'
    | 'wake'
    | 'devices'
    | 'soak';
  readonly seed: number;
  readonly pairs: number;
  readonly decisions: number;
  /** Where the answer goes as JSON: a list of {@link Measured}, for `soak` what it found. */
  readonly answer: string;
  /** For `profile` and `recording`: the folder to fill; for `whole-check` that of the profile. */
  readonly folder: string;
  /** For `whole-check`: path of the built worker. */
  readonly worker: string;
  /** Addresses of servers that run: ours, @c15t/backend and the bare one. */
  readonly ours: string;
  readonly peer: string;
  readonly bare: string;
  /** For `server-on-postgres`: program and arguments of our server, to which the database is added. */
  readonly command: readonly string[];
  /** For `soak`: the process of `ours`, and how long it is under load. */
  readonly pid: number;
  readonly seconds: number;
}

/** Runs one measurement of the main process's rooms inside Electron's own Node. */
export async function main([text = '{}']: readonly string[]): Promise<void> {
  const order = JSON.parse(text) as Order;
  // Before anything opens a database.
  const recorder = listenToSqlite();
  const folder = mkdtempSync(path.join(tmpdir(), 'sayso-bench-'));
  try {
    const measured = await measure(recorder, folder, order);
    writeFileSync(order.answer, JSON.stringify(measured));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(
  recorder: Recorder,
  folder: string,
  order: Order,
): Promise<readonly Measured[] | Soak> {
  const { pairs, decisions } = order;
  const random = seededRandom(order.seed);
  switch (order.measurement) {
    case 'commit':
      return measureCommit({ recorder, folder, pairs, random });
    case 'effective-state':
      return measureEffectiveState({ recorder, folder, pairs, decisions, random });
    case 'gate-close':
      return measureClose({ folder, pairs });
    case 'ledger-check':
      return measureLedgerCheck({ folder, pairs, decisions, random });
    case 'profile':
      await makeProfile(order.folder, decisions);
      return [];
    case 'whole-check':
      return measureWholeCheck({ ...order, rounds: pairs });
    case 'recording':
      await makeRecording(recorder, order.folder, pairs);
      return [];
    case 'server':
      return measureThroughput({ ...order, suffix: '', hasGoal: true, random });
    case 'server-on-postgres':
      return measureOnPostgres({ ...order, random });
    case 'queue':
      return measureQueue({ ...order, folder, random });
    case 'wake':
      // Each of those without a hint takes half a minute.
      return measureWake({
        folder,
        ours: order.ours,
        hints: pairs,
        silences: Math.ceil(pairs / 20),
        random,
      });
    case 'devices':
      return measureDevices({ folder, ours: order.ours, rounds: pairs });
    case 'soak':
      return soak({ ...order, random });
  }
}
