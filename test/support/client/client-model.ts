import type { Decision } from '../../../src-shared/consent/decision.js';
import { decisionsOf, headersOf, type FakeService, type KeptHeader } from './fake-service.js';
import { referenceState, standing, type Known } from './reference-register.js';

/** A decision as the model expects this device to know it. */
export interface Noted extends Known {
  /** Null where only a header came, of a decision that was erased or refused elsewhere. */
  readonly decision: Decision | null;
  /** Said on this device and kept there ever since. */
  readonly madeHere: boolean;
}

/** Who is signed in, as far as the model is concerned. */
export interface ModelSession {
  readonly email: string;
  readonly accountId: string;
  readonly remembered: boolean;
  readonly asked: boolean;
  readonly state: 'live' | 'expired';
}

export type ModelState = ReturnType<typeof referenceState>;

/**
 * What should hold after any acts of a person, as plain lists: what each subject said and learnt, what waits, who is
 * signed in. It has no database, no transactions and no network; the commands tell it what happened.
 */
export class ClientModel {
  session: ModelSession | null = null;
  /** By subject: '' for nobody. Only the present account has a book besides nobody's. */
  readonly books = new Map<string, Noted[]>([['', []]]);
  waiting: string[] = [];
  refused: string[] = [];
  /** The last number this device used, by subject; outlives everything. */
  readonly lastSeq = new Map<string, number>();
  /** Every id nobody ever said something under. */
  readonly nobodysIds = new Set<string>();
  /** Screens of this run by revision: whose they were. */
  readonly screens = new Map<number, string>();

  key(): string {
    return this.session?.accountId ?? '';
  }

  book(key = this.key()): Noted[] {
    return this.books.get(key) ?? [];
  }

  stateOf(purpose: string, nowMs: number): ModelState {
    const said = referenceState(this.book(), purpose, nowMs);
    if (!this.session || this.session.asked || said === 'denied') return said;
    const own = referenceState(this.book(''), purpose, nowMs);
    const openedHere = standing(this.book(), purpose).some(
      ({ madeHere, isClosed, choices }) => madeHere && !isClosed && choices[purpose] === 'granted',
    );
    return own === 'denied' && !openedHere ? 'denied' : said;
  }

  /** What this device's own choices come to, for the question whether they should become the account's. */
  deviceChoices(purposes: readonly string[], nowMs: number): string[] {
    return purposes.filter((purpose) =>
      ['granted', 'denied'].includes(referenceState(this.book(''), purpose, nowMs)),
    );
  }

  /** Something new was said here. */
  said(decisions: readonly Decision[]): void {
    const key = this.key();
    for (const decision of decisions) {
      this.lastSeq.set(key, (this.lastSeq.get(key) ?? 0) + 1);
      this.note({ decision, receivedAt: null, madeHere: true });
      if (this.session) this.waiting.push(decision.id);
      else this.nobodysIds.add(decision.id);
    }
  }

  signedIn(session: ModelSession): void {
    const before = this.session;
    if (before?.accountId === session.accountId) {
      this.session = { ...before, ...session, asked: before.asked };
      return;
    }
    if (before) this.forgetAccount(before.accountId);
    this.session = session;
    this.books.set(session.accountId, []);
  }

  signedOut(): void {
    if (!this.session) return;
    this.forgetAccount(this.session.accountId);
    this.session = null;
    const rested = this.book('').map((one) =>
      Object.values(one.choices).includes('granted') ? { ...one, rests: true } : one,
    );
    this.books.set('', rested);
  }

  /** A run of sync came to its end, or did not: the model looks at what the service can have answered. */
  synced(service: FakeService): void {
    const { session } = this;
    if (session?.state !== 'live' || service.network !== 'online') return;
    if (service.openSessions(session.accountId).length === 0) {
      const ended = [...service.sessions.values()].findLast(
        (one) => one.account.id === session.accountId,
      );
      if (ended?.state === 'session-ended') this.signedOut();
      else this.session = { ...session, state: 'expired' };
      return;
    }
    const kept = decisionsOf(service.account(session.email));
    const received = new Set(kept.map(({ decision }) => decision.id));
    const turnedAway = this.waiting.filter((id) => !received.has(id));
    this.refused.push(...turnedAway);
    this.waiting = [];
    const books = this.book().map((one) =>
      turnedAway.includes(one.id) && Object.values(one.choices).includes('granted')
        ? { ...one, isClosed: true }
        : one,
    );
    this.books.set(session.accountId, books);
    for (const header of headersOf(service.account(session.email))) {
      this.noteHeader(session.accountId, header);
    }
    for (const { decision, receivedAt } of kept) {
      this.note({ decision, receivedAt: Date.parse(receivedAt), madeHere: false });
    }
  }

  private note(given: { decision: Decision; receivedAt: number | null; madeHere: boolean }): void {
    const { decision, receivedAt, madeHere } = given;
    const book = this.book(decision.subject ?? '');
    const known = book.find(({ id }) => id === decision.id);
    const { id, choices, supersedes, at } = decision;
    const fresh = {
      id,
      choices,
      supersedes,
      atMs: Date.parse(at),
      rests: false,
      madeHere,
      decision,
    };
    const noted: Noted = { ...(known ?? fresh), receivedAtMs: receivedAt };
    this.books.set(decision.subject ?? '', [...book.filter((one) => one.id !== id), noted]);
  }

  /** A header of something that this device still has whole is that of its own grant which the server refused. */
  private noteHeader(key: string, { id, purposes, supersedes, receivedAt }: KeptHeader): void {
    const book = this.book(key);
    if (book.some((one) => one.id === id)) return;
    const atMs = Date.parse(receivedAt);
    const noted: Noted = {
      id,
      choices: Object.fromEntries(purposes.map((purpose) => [purpose, 'denied'])),
      supersedes,
      atMs,
      receivedAtMs: atMs,
      rests: false,
      isClosed: true,
      madeHere: false,
      decision: null,
    };
    this.books.set(key, [...book, noted]);
  }

  private forgetAccount(accountId: string): void {
    this.books.delete(accountId);
    this.waiting = [];
    this.refused = [];
  }
}

/** What a decision of another device takes the place of: everything that stood, or nothing of it. */
export function supersedingAll(
  kept: readonly Decision[],
  purposes: readonly string[],
): Decision['supersedes'] {
  return Object.fromEntries(
    purposes.map((purpose) => [purpose, standing(kept, purpose).map(({ id }) => id)]),
  );
}
