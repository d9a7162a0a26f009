import path from 'node:path';
import type { Measured } from '../../scripts/bench/rows.mjs';
import { alternate } from '../../scripts/bench/pairs.mjs';
import { openBare } from './bare.js';
import { createPresser, openClient } from './presser.js';
import type { Executed } from './bare.js';
import type { Recorder } from './recorder.js';

interface Options {
  readonly recorder: Recorder;
  readonly folder: string;
  readonly pairs: number;
  readonly random: () => number;
}

/**
 * From the call of the handler to the end of the commit, beside the same statements in one transaction of bare
 * better-sqlite3 on a copy of the file. The copy lags one press behind, so that either may come first in a pair.
 */
export async function measureCommit({
  recorder,
  folder,
  pairs,
  random,
}: Options): Promise<Measured[]> {
  const whole = await measure({ recorder, folder, pairs, random }, 'all', () => true);
  const writes = await measure({ recorder, folder, pairs, random }, 'writes', (one) => one.writes);
  return [
    {
      name: 'handler-to-commit',
      unit: 'ms',
      what: 'a decision from the call of its handler to the end of its commit ÷ the same statements committed by bare better-sqlite3',
      ...whole,
      goal: { is: 'at most', ratio: 2 },
    },
    {
      name: 'handler-to-commit-writes',
      unit: 'ms',
      what: 'the same ÷ only the writing ones among those statements',
      ...writes,
      goal: null,
    },
  ];
}

async function measure(
  { recorder, folder, pairs, random }: Options,
  name: string,
  counts: (executed: Executed) => boolean,
): Promise<Pick<Measured, 'ours' | 'baseline' | 'notes'>> {
  const rig = await openClient(path.join(folder, name));
  const presser = createPresser(rig);
  let startedMs = 0;
  const press = (): { readonly executed: readonly Executed[]; readonly tookMs: number } => {
    const go = presser.prepare();
    startedMs = performance.now();
    const { executions, committedAtMs } = recorder.record(go);
    if (committedAtMs === null) throw new Error('a press was answered without a commit');
    const executed = executions.filter((one) => one.inTransaction && counts(one));
    return { executed, tookMs: committedAtMs - startedMs };
  };
  press();
  rig.store.truncateLog();
  const bare = openBare(rig.file, path.join(folder, `${name}-bare.db`));
  const waiting = [press().executed];
  const measured = await alternate({
    pairs,
    warmUp: 20,
    random,
    ours() {
      const { executed, tookMs } = press();
      waiting.push(executed);
      return tookMs;
    },
    baseline: () => bare.commit(waiting.shift() ?? []),
  });
  const statements = waiting[0]?.length ?? 0;
  bare.close();
  await rig.stop();
  return { ...measured, notes: [`${statements} statements in the transaction`] };
}
