import { setImmediate, setTimeout } from 'node:timers/promises';
import { vi } from 'vitest';
import type { NetworkDevice } from './device.js';
import { problemsOf } from './network-checks.js';
import { PURPOSES } from './network-plan.js';
import type { NetworkRecord } from './network-record.js';
import type { ProcessWorld } from './process-world.js';

/** A death comes at a request between this many and none after it was decided on, and up to so much later. */
const MOST_REQUESTS = 15;
const MOST_LATER_MS = 12;
/** How long all may take to be the same again, in milliseconds. */
const REST_WITHIN_MS = 60_000;

/** Lets every device decide and sync as fast as it can until `death` has come at a random moment of it. */
export async function dieUnderLoad(
  world: ProcessWorld,
  record: NetworkRecord,
  random: () => number,
  death: () => Promise<void>,
): Promise<void> {
  const asked = (): number =>
    world.devices.reduce((sum, { network }) => sum + network.log.length, 0);
  const atRequest = asked() + 1 + Math.floor(random() * MOST_REQUESTS);
  let isDead = false;
  const living = world.devices.map(async (device) => {
    while (!isDead) {
      await decide(device, record, random);
      await device.rig().handlers['sync.now']({ service: 'alpha' });
      // Else the network would never have its turn where nothing of this had to wait.
      await setImmediate();
    }
  });
  const dying = vi
    .waitUntil(() => asked() >= atRequest, { timeout: REST_WITHIN_MS, interval: 1 })
    .then(() => setTimeout(random() * MOST_LATER_MS))
    .then(death)
    .finally(() => (isDead = true));
  await Promise.all([...living, dying]);
}

/** One press on a device; what it says is saved is noted, and nothing but news on the screen may keep it from being so. */
export async function decide(
  device: NetworkDevice,
  record: NetworkRecord,
  random: () => number,
): Promise<void> {
  const before = record.before(device);
  const { handlers, view } = device.rig();
  const purpose = PURPOSES[Math.floor(random() * PURPOSES.length)] ?? 'analytics';
  const choice = random() < 0.5 ? 'granted' : 'denied';
  const surface = 'settings' as const;
  const { revision } = view();
  const said =
    random() < 0.8
      ? { action: 'save' as const, choices: { [purpose]: choice } as const }
      : { action: random() < 0.5 ? ('withdraw' as const) : ('accept-all' as const), choices: {} };
  const outcome = await handlers['consent.decide']({
    service: 'alpha',
    revision,
    surface,
    ...said,
  });
  if (outcome.ok) record.confirmed(device, before);
  else if (outcome.error.code !== 'screen-changed') throw new Error(outcome.error.code);
}

/** Lets every device sync with whom it reaches now until nothing is wrong any more. @returns what still is. */
export async function rest(world: ProcessWorld, record: NetworkRecord): Promise<string[]> {
  const startedMs = performance.now();
  for (;;) {
    for (const device of world.devices) {
      await device.rig().handlers['sync.now']({ service: 'alpha' });
    }
    await setImmediate();
    const problems = await problemsOf(world, record, world.audit);
    for (const { name, rig } of world.devices) {
      problems.push(...rig().reported.map((line) => `${name}: a run broke: ${line}`));
      const { state, reason } = rig().view().ledger;
      if (state === 'suspect') problems.push(`${name}: suspect, ${reason}`);
    }
    if (problems.length === 0 || performance.now() - startedMs > REST_WITHIN_MS) return problems;
  }
}
