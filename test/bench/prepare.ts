import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Executed } from './bare.js';
import { fill } from './fill.js';
import { createPresser, openClient, SERVICE } from './presser.js';
import type { Recorder } from './recorder.js';

/**
 * Makes a profile's folder with a history in it, for an app that is started on it.
 * @throws Error where the client doubts that history when it opens it again: it would then measure something else.
 */
export async function makeProfile(folder: string, decisions: number): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const rig = await openClient(folder);
  fill(rig, decisions);
  await rig.stop();
  const again = await openClient(folder);
  const { ledger } = again.view(SERVICE);
  await again.stop();
  if (ledger.state === 'suspect') throw new Error(`a suspect profile: ${JSON.stringify(ledger)}`);
}

/**
 * Writes `recording.json`: a copy of a client's file, and what each of some presses after that copy executed in its
 * transaction, so that another program can commit the same. Each press is one on a switch, as in the window beside it.
 */
export async function makeRecording(
  recorder: Recorder,
  folder: string,
  presses: number,
): Promise<void> {
  const rig = await openClient(path.join(folder, 'recorded'));
  const presser = createPresser(rig, 'one switch');
  const press = (): Executed[] =>
    recorder
      .record(presser.prepare())
      .executions.filter(({ inTransaction }) => inTransaction)
      .map(({ sql, parameters, writes }) => ({ sql, parameters, writes }));
  press();
  rig.store.truncateLog();
  const database = path.join(folder, 'bare.db');
  copyFileSync(rig.file, database);
  const transactions = Array.from({ length: presses }, press);
  await rig.stop();
  writeFileSync(path.join(folder, 'recording.json'), JSON.stringify({ database, transactions }));
}
