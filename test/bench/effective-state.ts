import path from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import type { Measured } from '../../scripts/bench/rows.mjs';
import { alternate } from '../../scripts/bench/pairs.mjs';
import type { Rig } from '../support/client/core-rig.js';
import { fill } from './fill.js';
import { openClient, SERVICE } from './presser.js';
import type { Recorder } from './recorder.js';

interface Options {
  readonly recorder: Recorder;
  readonly folder: string;
  readonly pairs: number;
  readonly decisions: number;
  readonly random: () => number;
}

const FEW = 10;

/** What reading the state of a service executes: each statement with the rows it answered and SQLite's plan for it. */
interface Reading {
  readonly sql: string;
  readonly rows: number;
  readonly plan: readonly string[];
}

/**
 * Reads the state of every purpose of a service as the window gets it, after very many decisions and after ten. The
 * statements, the rows they answer and their plans have to be the same; the time then only differs by the depth of a tree.
 */
export async function measureEffectiveState(options: Options): Promise<Measured[]> {
  const { recorder, folder, pairs, decisions, random } = options;
  const few = await openClient(path.join(folder, 'few'));
  fill(few, FEW);
  const many = await openClient(path.join(folder, 'many'));
  fill(many, decisions);
  const readings = [few, many].map((rig) => readingsOf(recorder, rig));
  const [ofFew, ofMany] = readings.map((reading) => JSON.stringify(reading));
  if (ofFew !== ofMany) {
    throw new Error(`other rows or plans after ${decisions} decisions:\n${ofFew}\n${ofMany}`);
  }
  const timed = (rig: Rig) => (): number => {
    const startedMs = performance.now();
    rig.core.consent.screen(SERVICE);
    return performance.now() - startedMs;
  };
  const measured = await alternate({
    pairs,
    warmUp: 200,
    random,
    ours: timed(many),
    baseline: timed(few),
  });
  await few.stop();
  await many.stop();
  const rows = readings[0]?.reduce((sum, one) => sum + one.rows, 0) ?? 0;
  return [
    {
      name: 'effective-state',
      unit: 'ms',
      what: `the state of a service read with ${decisions} decisions ÷ with ${FEW}`,
      ...measured,
      goal: { is: 'at most', ratio: 1.05, by: 'lower end' },
      notes: [
        `the same ${readings[0]?.length ?? 0} statements, ${rows} rows and query plans in both files`,
      ],
    },
  ];
}

function readingsOf(recorder: Recorder, rig: Rig): Reading[] {
  // Small tables are kept once they are read, and one of the two may have read them while it was filled.
  rig.core.consent.screen(SERVICE);
  const { executions } = recorder.record(() => rig.core.consent.screen(SERVICE));
  if (executions.length === 0) throw new Error('reading the state executed no statement');
  const database = new SqliteDatabase(rig.file, { readonly: true });
  try {
    return executions.map(({ sql, parameters, rows }) => {
      const explain = database.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`);
      return { sql, rows, plan: explain.all(...parameters).map(({ detail }) => detail) };
    });
  } finally {
    database.close();
  }
}
