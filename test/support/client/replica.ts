import type { Decision } from '../../../src-shared/consent/decision.js';
import { choiceFor, headIds, type Head } from '../../../src-shared/consent/effective-state.js';
import { pressedAtMs } from '../../../src-shared/consent/expiry.js';
import type { Remains } from '../../../src-shared/ledger/entry.js';

/** What travels for one decision: its words, or what is left of them. `receivedAtMs`: null while no server has it. */
export type Message =
  | { readonly kind: 'whole'; readonly decision: Decision; readonly receivedAtMs: number | null }
  | { readonly kind: 'left'; readonly remains: Remains; readonly receivedAtMs: number };

/** One device's knowledge, whatever it is kept in. A subject is an account, or '' for nobody. */
export interface Replica {
  /** What arrives together; each message may have come before. */
  learn(subject: string, messages: readonly Message[]): void;
  /** The words of a decision go. */
  erase(subject: string, id: string): void;
  /** The server did not take a grant. */
  close(subject: string, id: string): void;
  /** Every grant of nobody's is to be asked for again. */
  restGrants(): void;
  /** Everything of an account goes. */
  forget(subject: string): void;
  headsOf(subject: string, purpose: string): Head[];
  /** An independent copy, as a backup is one. */
  copy(): Replica;
}

type Naming = Pick<Decision, 'id' | 'choices' | 'supersedes'>;

interface Kept {
  readonly message: Message;
  readonly naming: Naming;
  readonly isClosed: boolean;
  readonly rests: boolean;
}

/** A replica that keeps plain lists and asks the pure rules of `src-shared` each time. */
export function pureReplica(
  books: ReadonlyMap<string, ReadonlyMap<string, Kept>> = new Map(),
): Replica {
  const kept = new Map([...books].map(([subject, book]) => [subject, new Map(book)]));
  const bookOf = (subject: string): Map<string, Kept> => {
    const book = kept.get(subject) ?? new Map<string, Kept>();
    kept.set(subject, book);
    return book;
  };
  const change = (subject: string, id: string, to: (before: Kept) => Kept): void => {
    const before = bookOf(subject).get(id);
    if (before) bookOf(subject).set(id, to(before));
  };
  return {
    learn(subject, messages) {
      const book = bookOf(subject);
      for (const message of messages) {
        const before = book.get(idOf(message));
        if (!before)
          book.set(idOf(message), {
            message,
            naming: namingOf(message),
            isClosed: message.kind === 'left',
            rests: false,
          });
        else if (message.kind === 'left') change(subject, idOf(message), closed);
        else change(subject, idOf(message), (one) => withReceipt(one, message.receivedAtMs));
      }
    },
    erase: (subject, id) => {
      change(subject, id, closed);
    },
    close: (subject, id) => {
      change(subject, id, closed);
    },
    restGrants() {
      for (const id of bookOf('').keys()) change('', id, (one) => ({ ...one, rests: true }));
    },
    forget: (subject) => void kept.delete(subject),
    headsOf(subject, purpose) {
      const book = bookOf(subject);
      const ids = headIds(
        [...book.values()].map(({ naming }) => naming),
        purpose,
      );
      return ids.flatMap((id) => {
        const one = book.get(id);
        return one ? [headOf(one, purpose)] : [];
      });
    },
    copy: () => pureReplica(kept),
  };
}

export function idOf(message: Message): string {
  return message.kind === 'whole' ? message.decision.id : message.remains.id;
}

const closed = (one: Kept): Kept => ({ ...one, isClosed: true });

function withReceipt(one: Kept, receivedAtMs: number | null): Kept {
  const { message } = one;
  if (message.kind === 'left' || message.receivedAtMs !== null) return one;
  return { ...one, message: { ...message, receivedAtMs } };
}

/** For what stands, only where remains speak matters, not what they said. */
function namingOf(message: Message): Naming {
  if (message.kind === 'whole') return message.decision;
  const { id, purposes, supersedes } = message.remains;
  const choices = Object.fromEntries(purposes.map((purpose) => [purpose, 'denied' as const]));
  return { id, choices, supersedes };
}

function headOf({ message, isClosed, rests }: Kept, purpose: string): Head {
  const { receivedAtMs } = message;
  if (message.kind === 'left') {
    const atMs = message.receivedAtMs;
    const times = { atMs, pressedAtMs: atMs, receivedAtMs };
    return { id: message.remains.id, choice: 'erased', ...times, policyVersion: '', rests: false };
  }
  const { decision } = message;
  const said = choiceFor(decision, purpose) ?? 'denied';
  return {
    id: decision.id,
    choice: isClosed ? 'erased' : said,
    atMs: Date.parse(decision.at),
    pressedAtMs: pressedAtMs(decision),
    receivedAtMs,
    policyVersion: decision.policy.version,
    rests: rests && said === 'granted',
  };
}
