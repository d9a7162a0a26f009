import { auditor } from './auditor.js';
import { problemsOf } from './network-checks.js';
import type { NetworkPlan } from './network-plan.js';
import { networkRun } from './network-run.js';
import { networkWorld } from './network-world.js';
import type { ServerTemplate } from './server-template.js';

/** How long the world may take to come to rest once the network is good. */
const REST_WITHIN_MS = 15_000;

/** Lets a history happen, lets the network heal, and says what is wrong once everything has come to rest. */
export async function happen(template: ServerTemplate, plan: NetworkPlan): Promise<string[]> {
  const world = await networkWorld(template, plan.devices.length);
  try {
    const run = networkRun(world, plan);
    await run.begin();
    for (const step of plan.steps) await run.step(step);
    await run.heal();
    const audit = auditor(world);
    const startedMs = performance.now();
    let problems = await problemsOf(world, run.record, audit);
    while (problems.length > 0 && performance.now() - startedMs < REST_WITHIN_MS) {
      await run.nudge();
      problems = await problemsOf(world, run.record, audit);
    }
    return [...run.faults, ...problems];
  } finally {
    await world.remove();
  }
}
