import type { Decision } from '../../../src-shared/consent/decision.js';
import { ASKED, PURPOSES } from './histories.js';
import { leftOf, type LedgerServer } from './ledger-server.js';
import type { Beginning, Step } from './ledger-plan.js';
import { idOf, type Message, type Replica } from './replica.js';
import { sampleDecision } from './sample-decision.js';

type Press = Extract<Step, { kind: 'press' }>;
/** What stood on a screen, by purpose. */
export type Screen = Readonly<Record<string, readonly string[]>>;

/** Everything a backup brings back. */
interface Memory {
  readonly subject: string;
  readonly waiting: readonly Message[];
  /** What was said on this device, by subject. */
  readonly said: readonly (readonly [string, Decision])[];
  readonly screen: Screen | null;
  readonly replica: Replica;
}

/** One device of a history. */
export interface LedgerDevice {
  readonly subject: () => string;
  readonly replica: () => Replica;
  /** What stands on the screen now. */
  screen(): Screen;
  look(): void;
  press(press: Press, policyVersion: string, id: Decision['id'], nowMs: number): Pressed;
  send(server: LedgerServer, most: number, isLost: boolean, nowMs: number): void;
  learn(messages: readonly Message[]): void;
  erase(pick: number, nowMs: number): void;
  backup(): void;
  restore(): void;
  signIn(account: string): void;
  signOut(): void;
}

/** A press, with what stood at that moment and on the screen that was answered. */
export interface Pressed {
  readonly decision: Decision;
  readonly screen: Screen;
  readonly stood: Screen;
}

export function ledgerDevice(name: string, clock: Beginning, fresh: Replica): LedgerDevice {
  let now: Memory = { subject: clock.subject, waiting: [], said: [], screen: null, replica: fresh };
  let kept: Memory | null = null;
  let lives = 0;
  let seq = 0;
  const screen = (): Screen =>
    Object.fromEntries(
      ASKED.map((purpose) => [
        purpose,
        now.replica.headsOf(now.subject, purpose).map(({ id }) => id),
      ]),
    );

  return {
    subject: () => now.subject,
    replica: () => now.replica,
    screen,
    look() {
      now = { ...now, screen: screen() };
    },
    press(press, policyVersion, id, nowMs) {
      const stood = screen();
      const answered = press.screen === 'earlier' ? (now.screen ?? stood) : stood;
      seq += 1;
      const decision = sampleDecision(0, {
        id,
        seq,
        device: `${name}-${lives}`,
        subject: now.subject === '' ? null : now.subject,
        at: new Date(nowMs + clock.offsetMs).toISOString(),
        ...(clock.isKnown ? { clockOffsetMs: -clock.offsetMs } : {}),
        ...wordsOf(press, answered),
        policy: { version: policyVersion, lang: 'en', sha256: 'a'.repeat(64) },
      });
      const message: Message = { kind: 'whole', decision, receivedAtMs: null };
      now.replica.learn(now.subject, [message]);
      const waiting = now.subject === '' ? now.waiting : [...now.waiting, message];
      now = { ...now, waiting, said: [...now.said, [now.subject, decision]] };
      return { decision, screen: answered, stood };
    },
    send(server, most, isLost, nowMs) {
      const { subject, replica, waiting } = now;
      if (subject === '') return;
      for (const message of waiting.slice(0, most)) {
        const answer = server.take(subject, message, nowMs);
        if (isLost) continue;
        if (answer === 'refused') replica.close(subject, idOf(message));
        else if (message.kind === 'whole') {
          replica.learn(subject, [{ ...message, receivedAtMs: answer }]);
        }
      }
      if (!isLost) now = { ...now, waiting: waiting.slice(most) };
    },
    learn(messages) {
      now.replica.learn(now.subject, messages);
    },
    erase(pick, nowMs) {
      const own = now.said.filter(([subject]) => subject === now.subject);
      const found = own[pick % Math.max(1, own.length)];
      if (!found) return;
      const [subject, decision] = found;
      now.replica.erase(subject, decision.id);
      const said = now.said.filter(([, one]) => one !== decision);
      if (subject === '') {
        now = { ...now, said };
        return;
      }
      // What was not sent yet goes as a header in its place; what was, is told to the server.
      const header = leftOf(decision, nowMs);
      const isUnsent = now.waiting.some((one) => idOf(one) === decision.id);
      const waiting = isUnsent
        ? now.waiting.map((one) => (idOf(one) === decision.id ? header : one))
        : [...now.waiting, header];
      now = { ...now, said, waiting };
    },
    backup() {
      kept = { ...now, replica: now.replica.copy() };
    },
    restore() {
      if (!kept) return;
      now = { ...kept, replica: kept.replica.copy() };
      // After a fork a new device id begins.
      lives += 1;
    },
    signIn(account) {
      if (now.subject === account) return;
      if (now.subject !== '') now.replica.forget(now.subject);
      now = { ...now, ...onlyNobodys(now.said), subject: account };
    },
    signOut() {
      if (now.subject === '') return;
      now.replica.forget(now.subject);
      now.replica.restGrants();
      now = { ...now, ...onlyNobodys(now.said), subject: '' };
    },
  };
}

/** With an account go its screens, what it said here and what of that was never sent. */
function onlyNobodys(said: Memory['said']): Pick<Memory, 'said' | 'waiting' | 'screen'> {
  return { said: said.filter(([subject]) => subject === ''), waiting: [], screen: null };
}

function wordsOf(
  { act, about, claims }: Press,
  screen: Screen,
): Pick<Decision, 'action' | 'choices' | 'supersedes'> {
  const own = act === 'everything' ? [...PURPOSES, '*'] : act === 'acknowledge' ? [] : about;
  const listed = claims === 'own' ? own : ASKED;
  const supersedes = Object.fromEntries(listed.map((one) => [one, [...(screen[one] ?? [])]]));
  const said = (choice: 'granted' | 'denied'): Decision['choices'] =>
    Object.fromEntries(about.map((one) => [one, choice]));
  switch (act) {
    case 'acknowledge':
      return { action: 'acknowledge', choices: {}, supersedes };
    case 'everything':
      return { action: 'withdraw', choices: { '*': 'denied' }, supersedes };
    case 'grant':
      return { action: 'save', choices: said('granted'), supersedes };
    case 'deny':
      return { action: 'save', choices: said('denied'), supersedes };
  }
}
