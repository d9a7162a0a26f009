import { CHAIN_START } from '../../src-shared/ledger/entry.js';
import type { KeptReads } from './kept-reads.js';
import type { Database } from './open-database.js';

/** Where the next entry of a device goes. */
export interface NextPlace {
  /** Null: it begins a new chain. */
  readonly chain: string | null;
  readonly seq: number;
  readonly prev: string;
}

/** The end of one device's chain, and how far it was checked. */
export interface ChainEnd {
  readonly service: string;
  readonly subject: string;
  readonly device: string;
  readonly chain: string;
  readonly seq: number;
  readonly entryHash: string;
  readonly checkedSeq: number;
  readonly checkedHash: string | null;
}

/** The ends of the chains of this profile's own devices. They outlive the rows of an account. */
export interface ChainStore {
  /** The next place, with a number never used before, also not by rows that a sign-out deleted. */
  next(service: string, subject: string, device: string): NextPlace;
  /** Notes an entry of this device: from now on the next one follows it. */
  extend(end: Omit<ChainEnd, 'checkedSeq' | 'checkedHash'>): void;
  /** Notes a number as used without knowing its chain. */
  raiseSeq(service: string, subject: string, device: string, seq: number): void;
  /** The next entry begins a new chain: after a sign-in, and after a fork. */
  endChain(service: string, subject: string): void;
  /** Every chain of a service that has an entry. */
  ends(service: string): ChainEnd[];
  markChecked(
    end: Pick<ChainEnd, 'service' | 'subject' | 'device' | 'chain' | 'seq' | 'entryHash'>,
  ): void;
  /** The hash of an entry that is kept; null where it is not. */
  entryHashAt(chain: string, seq: number): string | null;
}

interface ChainRow {
  readonly service: string;
  readonly subject: string;
  readonly device: string;
  readonly last_seq: number;
  readonly chain: string | null;
  readonly last_hash: string | null;
  readonly checked_seq: number;
  readonly checked_hash: string | null;
}

export function createChainStore(database: Database, keptReads: KeptReads): ChainStore {
  const every = database.prepare<[], ChainRow>('SELECT * FROM chain ORDER BY subject, device');
  const rows = keptReads.of('chain', () => every.all());
  const put = database.prepare(
    `INSERT INTO chain (service, subject, device, last_seq, chain, last_hash)
     VALUES (@service, @subject, @device, @seq, @chain, @entryHash)
     ON CONFLICT DO UPDATE SET last_seq = excluded.last_seq, chain = excluded.chain, last_hash = excluded.last_hash
     WHERE excluded.last_seq >= last_seq`,
  );
  const raise = database.prepare<[string, string, string, number]>(
    `INSERT INTO chain (service, subject, device, last_seq) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET last_seq = max(last_seq, excluded.last_seq)`,
  );
  const end = database.prepare<[string, string]>(
    `UPDATE chain SET chain = NULL, last_hash = NULL, checked_seq = 0, checked_hash = NULL
     WHERE service = ? AND subject = ?`,
  );
  const check = database.prepare(
    `UPDATE chain SET checked_seq = @seq, checked_hash = @entryHash
     WHERE service = @service AND subject = @subject AND device = @device AND chain = @chain`,
  );
  const hashAt = database
    .prepare<[string, number], string>(
      'SELECT entry_hash FROM decision WHERE chain = ? AND seq = ?',
    )
    .pluck();
  return {
    next(service, subject, device) {
      const row = rows().find(
        (one) => one.service === service && one.subject === subject && one.device === device,
      );
      const seq = (row?.last_seq ?? 0) + 1;
      const { chain = null, last_hash: hash = null } = row ?? {};
      return chain === null || hash === null
        ? { chain: null, seq, prev: CHAIN_START }
        : { chain, seq, prev: hash };
    },
    extend: (to) => void put.run(to),
    raiseSeq: (service, subject, device, seq) => void raise.run(service, subject, device, seq),
    endChain: (service, subject) => void end.run(service, subject),
    ends: (service) =>
      rows().flatMap((row) =>
        row.service !== service || row.chain === null || row.last_hash === null
          ? []
          : [
              {
                service: row.service,
                subject: row.subject,
                device: row.device,
                chain: row.chain,
                seq: row.last_seq,
                entryHash: row.last_hash,
                checkedSeq: row.checked_seq,
                checkedHash: row.checked_hash,
              },
            ],
      ),
    markChecked: (checked) => void check.run(checked),
    entryHashAt: (chain, seq) => hashAt.get(chain, seq) ?? null,
  };
}
