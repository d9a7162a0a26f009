import path from 'node:path';
import type { Measured } from '../../../scripts/bench/rows.mjs';
import { openRig } from '../../support/client/core-rig.js';
import { memoryKeychain } from '../../support/client/memory-keychain.js';
import { decisionsIn } from '../../support/client/rows.js';
import { START_MS } from '../../support/client/sample-decision.js';
import { probeTool, profileWithTool, recordedWay } from '../../support/gate/probe-tool.js';

interface Options {
  readonly folder: string;
  readonly pairs: number;
}

const turn = (): Promise<void> =>
  new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

/**
 * From the call of the handler of "Withdraw everything" to the moment at which the tool is told to stop and the gate answers "closed",
 * with a request of the tool's under way. That nothing is written yet at that moment is looked at each time.
 */
export async function measureClose({ folder, pairs }: Options): Promise<Measured[]> {
  const [probe, way] = [probeTool(), recordedWay()];
  const rig = openRig({
    folder: path.join(folder, 'close'),
    fetch: () => Promise.reject(new TypeError('no network')),
    server: 'http://127.0.0.1:9',
    keychain: memoryKeychain(),
    clock: { nowMs: START_MS },
    profiles: [profileWithTool('alpha')],
    adapters: [probe.adapter],
    toolFetch: way.fetch,
  });
  await rig.core.begin();
  way.hold();
  const isOpen = (): boolean => rig.core.gate.tools('alpha')[0]?.ruling.isOpen === true;
  const press = async (action: 'accept-all' | 'withdraw'): Promise<void> => {
    const { revision } = rig.view();
    const input = { service: 'alpha', revision, action, surface: 'settings', choices: {} } as const;
    const answer = await rig.handlers['consent.decide'](input);
    if (!answer.ok) throw new Error(`not kept: ${JSON.stringify(answer.error)}`);
  };
  const ours: number[] = [];
  for (let round = 0; round < pairs; round += 1) {
    await press('accept-all');
    await turn();
    if (!isOpen()) throw new Error('the tool did not open');
    const underWay = probe.context().fetch('https://counter.example/', { method: 'POST' });
    const before = round % 50 === 0 ? decisionsIn(rig.file).length : null;
    let startedMs = 0;
    let tookMs = Number.NaN;
    probe.onStop = () => {
      if (isOpen()) throw new Error('told to stop, and still open');
      tookMs = performance.now() - startedMs;
      if (before !== null && decisionsIn(rig.file).length !== before)
        throw new Error('closed only after something was written');
    };
    startedMs = performance.now();
    await press('withdraw');
    const outcome = await underWay;
    if (outcome.ok || outcome.error.code !== 'cancelled') throw new Error('was not cancelled');
    ours.push(tookMs);
    await turn();
  }
  const complaints = rig.reported;
  await rig.stop();
  if (complaints.length > 0) throw new Error(complaints.join('\n'));
  return [
    {
      name: 'withdraw-to-closed',
      unit: 'ms',
      what: 'from the call of the handler of a withdrawal to the tool being stopped and the gate closed',
      ours,
      baseline: [],
      goal: { is: 'at most', value: 16, quantile: 0.99 },
      notes: ['before the decision is written; a request under way is cancelled each time'],
    },
  ];
}
