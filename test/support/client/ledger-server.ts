import type { Decision } from '../../../src-shared/consent/decision.js';
import { idOf, type Message } from './replica.js';

/** The account's side of a history: what has arrived, in its order. It knows nothing of hashes and signatures. */
export interface LedgerServer {
  /** Everything of an account; what was erased has no words any more wherever it stands. */
  log(account: string): readonly Message[];
  /** Everything that ever stood there: what may still be on its way to a device, also words that were erased since. */
  everything(account: string): readonly Message[];
  /**
   * Takes one message of an account; a repeat changes nothing.
   * @returns when it was first taken, or 'refused' for a grant under a text that was never published.
   */
  take(account: string, message: Message, nowMs: number): number | 'refused';
}

/** @param isPublished whether the service has a version of its policy. */
export function ledgerServer(isPublished: (version: string) => boolean): LedgerServer {
  const logs = new Map<string, Message[]>();
  const gone = new Map<string, Message[]>();
  const refused = new Set<string>();
  const logOf = (account: string): Message[] => {
    const log = logs.get(account) ?? [];
    logs.set(account, log);
    return log;
  };
  return {
    log: logOf,
    everything: (account) => [...logOf(account), ...(gone.get(account) ?? [])],
    take(account, message, nowMs) {
      const log = logOf(account);
      const id = idOf(message);
      const known = log.find((one) => idOf(one) === id);
      if (known && (message.kind === 'whole' || known.kind === 'left')) {
        return message.kind === 'whole' && refused.has(id)
          ? 'refused'
          : (known.receivedAtMs ?? nowMs);
      }
      if (message.kind === 'left') {
        const header = { ...message, receivedAtMs: nowMs };
        log.forEach((one, place) => {
          if (idOf(one) !== id) return;
          gone.set(account, [...(gone.get(account) ?? []), one]);
          log[place] = header;
        });
        log.push(header);
        return nowMs;
      }
      const isRefused = grants(message.decision) && !isPublished(message.decision.policy.version);
      if (isRefused) refused.add(id);
      log.push(isRefused ? leftOf(message.decision, nowMs) : { ...message, receivedAtMs: nowMs });
      return isRefused ? 'refused' : nowMs;
    },
  };
}

/** What is left of a decision: where it spoke and what it took the place of. */
export function leftOf(decision: Decision, receivedAtMs: number): Message {
  const { id, choices, supersedes } = decision;
  return {
    kind: 'left',
    remains: { id, purposes: Object.keys(choices).sort(), supersedes },
    receivedAtMs,
  };
}

function grants({ choices }: Decision): boolean {
  return Object.values(choices).includes('granted');
}
