import { randomBytes } from 'node:crypto';
import Database from 'better-sqlite3';
import { linkDecision } from '../../../src-main/ledger/index.js';
import { createChainStore } from '../../../src-main/store/chains.js';
import { createKeptReads } from '../../../src-main/store/kept-reads.js';
import { createDecisionStore } from '../../../src-main/store/decisions.js';
import type { NewEntry } from '../../../src-main/store/new-entry.js';
import { MIGRATIONS } from '../../../src-main/store/migrations/index.js';
import { createRegister } from '../../../src-main/store/register.js';
import type { Decision } from '../../../src-shared/consent/decision.js';
import type { Message, Replica } from './replica.js';

const SERVICE = 'alpha';
const NO_PLACE = { chain: null, seq: 1, prev: '0'.repeat(64) };

/** Replicas of one world on the tables and statements of the product, each a database in memory. */
export function registerReplicas(): () => Replica {
  const entries = new Map<string, NewEntry>();
  const entryOf = (decision: Decision): NewEntry => {
    const known = entries.get(decision.id);
    if (known) return known;
    const linked = linkDecision(decision, { ...NO_PLACE, seq: decision.seq }, null, randomBytes);
    // Whose it is makes no difference to what holds, and its chain is another test's business.
    const entry = { ...linked, ours: false, madeHere: false };
    entries.set(decision.id, entry);
    return entry;
  };
  const open = (content: Buffer | ':memory:'): Replica => {
    const database = new Database(content);
    if (content === ':memory:') for (const migration of MIGRATIONS) database.exec(migration);
    const register = createRegister(database);
    const decisions = createDecisionStore(
      database,
      register,
      createChainStore(database, createKeptReads(database)),
    );
    const refuse = database.prepare(
      `INSERT OR REPLACE INTO outbox (decision_id, service, subject, state) VALUES (?, ?, ?, 'refused')`,
    );
    const learnOne = (subject: string, message: Message): void => {
      const { receivedAtMs } = message;
      if (message.kind === 'whole') {
        decisions.add({ ...entryOf(message.decision), receivedAtMs });
        return;
      }
      const { remains } = message;
      const entry = entries.get(remains.id);
      if (!entry?.ledger) throw new Error('remains of a decision that nobody made');
      const { seq } = entry.decision;
      const { link } = entry.ledger;
      decisions.addRemains({
        remains,
        service: SERVICE,
        subject,
        seq,
        link,
        receivedAtMs: message.receivedAtMs,
      });
    };
    return {
      learn(subject, messages) {
        database.transaction(() => {
          for (const message of messages) learnOne(subject, message);
        })();
      },
      erase: (_, id) => {
        decisions.erase(id);
      },
      close: (subject, id) => {
        refuse.run(id, SERVICE, subject);
        register.closeGrant(id);
      },
      restGrants: () => {
        register.restGrants(SERVICE, '');
      },
      forget: (subject) => {
        decisions.deleteSubject(SERVICE, subject);
      },
      headsOf: (subject, purpose) =>
        register
          .headsOf(SERVICE, subject, purpose)
          .map(({ purpose: _named, madeHereRow: _row, ...head }) => head)
          .toSorted((a, b) => (a.id < b.id ? -1 : 1)),
      copy: () => open(database.serialize()),
    };
  };
  return () => open(':memory:');
}
