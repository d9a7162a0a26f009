import { expect } from 'vitest';
import { choiceFor } from '../../../src-shared/consent/effective-state.js';
import { canonicalJson } from '../../../src-shared/ledger/canonical.js';
import { ASKED } from './histories.js';
import type { LedgerDevice, Pressed } from './ledger-device.js';
import { ACCOUNTS } from './ledger-plan.js';
import type { LedgerWorld } from './ledger-world.js';
import { referenceState, standing, takesThePlaceOf, type Known } from './reference-register.js';
import type { Message } from './replica.js';

const DAY_MS = 86_400_000;

/** The moments at which everything is read: now, and later, when grants have ended and policies have changed. */
function momentsOf(world: LedgerWorld): number[] {
  return [0, 120, 366].map((days) => world.nowMs() + days * DAY_MS);
}

/** What a device holds of its subject, as bytes: which decisions stand, and what each purpose comes to when. */
export function stateOf(world: LedgerWorld, device: LedgerDevice): string {
  const held = ASKED.map((purpose) => {
    const heads = device.replica().headsOf(device.subject(), purpose);
    const readings = momentsOf(world).map((atMs) => {
      const { state, by, untilMs, overruled } = world.read(heads, purpose, atMs);
      // What is shown of an erased decision is when this device heard of it, which differs.
      const rest = state === 'ask-again' ? null : (by?.id ?? null);
      return { state, by: rest, untilMs, overruled: overruled.map(({ id }) => id).toSorted() };
    });
    return { purpose, heads: heads.map(({ id, choice }) => [id, choice]), readings };
  });
  return canonicalJson(held);
}

/** What an account's server has, as the reference wants it. */
function knownOf(log: readonly Message[]): Known[] {
  return log.map((message): Known => {
    if (message.kind === 'left') {
      const { id, purposes, supersedes } = message.remains;
      const choices = Object.fromEntries(purposes.map((one) => [one, 'denied' as const]));
      const { receivedAtMs } = message;
      return {
        id,
        choices,
        supersedes,
        atMs: receivedAtMs,
        receivedAtMs,
        rests: false,
        isClosed: true,
      };
    }
    const { id, choices, supersedes, at, clockOffsetMs = 0, policy } = message.decision;
    const times = { atMs: Date.parse(at) + clockOffsetMs, receivedAtMs: message.receivedAtMs };
    return { id, choices, supersedes, ...times, rests: false, policyVersion: policy.version };
  });
}

/** Every device of an account holds the same bytes, and they say what the second rule says. */
export function checkConverged(world: LedgerWorld, account: string): void {
  const devices = world.devices.filter((device) => device.subject() === account);
  const [first] = devices;
  if (!first) return;
  const expected = stateOf(world, first);
  for (const device of devices.slice(1)) expect(stateOf(world, device)).toBe(expected);
  const known = knownOf(world.server.log(account));
  for (const purpose of ASKED) {
    const heads = first.replica().headsOf(account, purpose);
    const stands = new Set(standing(known, purpose).map(({ id }) => id));
    expect(heads.map(({ id }) => id)).toEqual([...stands].toSorted());
    for (const atMs of momentsOf(world)) {
      const { state } = world.read(heads, purpose, atMs);
      const rule = referenceState(known, purpose, atMs, world.changedAtMs);
      if (state !== rule) expect({ purpose, atMs, state }).toEqual({ purpose, atMs, state: rule });
      checkRefusals(known, purpose, state);
      if (state === 'granted') checkGrant(world, known, purpose, atMs);
    }
  }
}

/** No refusal is lost: one that nothing took the place of holds. */
function checkRefusals(known: readonly Known[], purpose: string, state: string): void {
  const refusals = known.filter((one) => !one.isClosed && choiceFor(one, purpose) === 'denied');
  for (const refusal of refusals) {
    const isAnswered = known.some((other) => takesThePlaceOf(other, refusal, purpose));
    if (!isAnswered && state !== 'denied')
      expect(state, `${purpose}, refused by ${refusal.id}`).toBe('denied');
  }
}

/** What is open rests on a grant that is not past its end, and under which nothing has changed since. */
function checkGrant(
  world: LedgerWorld,
  known: readonly Known[],
  purpose: string,
  atMs: number,
): void {
  const valid = known.filter((one) => {
    if (one.isClosed || one.choices[purpose] !== 'granted') return false;
    const startMs = Math.min(one.atMs, one.receivedAtMs ?? one.atMs);
    const changedMs = world.changedAtMs(purpose, one.policyVersion ?? '') ?? Infinity;
    return atMs < startMs + 365 * DAY_MS && atMs < changedMs;
  });
  if (valid.length === 0) expect(valid, `a grant of ${purpose} that counts`).not.toEqual([]);
}

/** Of each subject a device sees what that subject said and nothing else; of accounts that are not signed in, nothing. */
export function checkApart(world: LedgerWorld): void {
  const subjects = new Map(world.made.map(({ id, subject }) => [id, subject ?? '']));
  for (const device of world.devices) {
    for (const subject of ['', ...ACCOUNTS]) {
      const heads = ASKED.flatMap((purpose) => device.replica().headsOf(subject, purpose));
      const strangers = heads.filter(({ id }) => subjects.get(id) !== subject);
      expect(strangers, `in the book of ${subject || 'nobody'}`).toEqual([]);
      const isHere = subject === '' || subject === device.subject();
      if (!isHere) expect(heads, `of ${subject}, who is not signed in`).toEqual([]);
    }
  }
}

/** A refusal that came in after the screen was shown still wins over a grant that answers that screen. */
export function checkUnseen(world: LedgerWorld, device: LedgerDevice, pressed: Pressed): void {
  const { decision, screen, stood } = pressed;
  for (const [purpose, choice] of Object.entries(decision.choices)) {
    const state = world.stateNow(device, purpose);
    if (choice === 'denied') expect(state, 'pressed just now').toBe('denied');
    const unseen = (stood[purpose] ?? []).filter((id) => !screen[purpose]?.includes(id));
    const heads = device.replica().headsOf(device.subject(), purpose);
    const refusals = heads.filter((head) => head.choice === 'denied' && unseen.includes(head.id));
    const isUnseenRefused = unseen.some((id) =>
      world.made.some((one) => one.id === id && choiceFor(one, purpose) === 'denied'),
    );
    if (refusals.length > 0) expect(state, 'a refusal that was not seen').toBe('denied');
    // Unless its words are gone, an unseen refusal is still there.
    if (isUnseenRefused) expect(['denied', 'ask-again']).toContain(state);
  }
}
