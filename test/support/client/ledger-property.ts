import { expect } from 'vitest';
import { PURPOSES } from './histories.js';
import { checkApart, checkConverged, checkUnseen } from './ledger-checks.js';
import { ACCOUNTS, type Plan } from './ledger-plan.js';
import { ledgerWorld, type LedgerWorld } from './ledger-world.js';
import type { Replica } from './replica.js';

const YEAR_MS = 365 * 86_400_000;

/** Lets one history happen and holds everything against it that must be true of any. */
export function holdsForHistory(plan: Plan, newReplica: () => Replica): void {
  const world = ledgerWorld(plan, newReplica);
  world.run(plan.steps, (device, pressed) => {
    checkUnseen(world, device, pressed);
  });
  checkApart(world);
  world.settle(plan.shuffle);
  checkApart(world);
  for (const account of ACCOUNTS) checkConverged(world, account);
  checkAnswered(world, plan);
  world.settle(plan.shuffle + 1);
  for (const account of ACCOUNTS) checkConverged(world, account);
}

/** A grant that answers a screen on which everything stood is granted, whatever was refused before. */
function checkAnswered(world: LedgerWorld, { devices }: Plan): void {
  const grant = {
    kind: 'press',
    act: 'grant',
    screen: 'now',
    policy: 'newest',
  } as const;
  world.devices.forEach((device, index) => {
    const { offsetMs = 0, isKnown = false } = devices[index] ?? {};
    const isYearBehind = !isKnown && offsetMs <= -YEAR_MS;
    world.press(device, { ...grant, device: index, about: PURPOSES, claims: 'own' });
    for (const purpose of PURPOSES) {
      expect(world.stateNow(device, purpose)).toBe(isYearBehind ? 'expired' : 'granted');
    }
  });
}
