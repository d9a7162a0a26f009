import type { Database } from './open-database.js';
import type { Outbox } from './outbox.js';

/** How the server shows an entry: with its words, or only what is left of it. */
export type Seen = 'whole' | 'header';

/** Whose entries are looked at. */
export interface SentBy {
  readonly service: string;
  readonly subject: string;
  readonly device: string;
}

/**
 * Puts back into the outbox what a server has lost: what this device sent and the server took, and does not show to somebody
 * who reads on to the end. Servers are put back from backups too. Both are to be called inside a transaction.
 */
export interface PutBack {
  /**
   * After everything was read from the start.
   * @param seen everything the server showed of this device, by id.
   * @returns how many entries are to be sent again.
   */
  all(by: SentBy, seen: ReadonlyMap<string, Seen>): number;
  /** After the rest was read: everything behind the place `seenRow` is missing there. @returns as above. */
  behind(by: SentBy, seenRow: number): number;
  /** The newest place of this profile among these ids; 0 where none of them was said here. */
  newestRow(ids: readonly string[]): number;
}

interface Wanted extends Omit<SentBy, 'device'> {
  /** Null: only what was said in this profile. */
  readonly device: string | null;
  /** What is looked at stands behind this place. */
  readonly row: number;
}

interface TakenRow {
  readonly id: string;
  readonly is_header: number;
  readonly refused: number;
}

export function createPutBack(database: Database, outbox: Pick<Outbox, 'putBack'>): PutBack {
  // A grant that was refused for its policy left its header there, and the chain does not go on without it.
  const taken = database.prepare<[Wanted], TakenRow>(
    `SELECT decision.id, body IS NULL AS is_header, outbox.state IS NOT NULL AS refused FROM decision
     LEFT JOIN outbox ON outbox.decision_id = decision.id LEFT JOIN received ON received.row = decision.row
     WHERE decision.service = @service AND decision.subject = @subject AND decision.row > @row
       AND (made_here = 1 OR device = @device) AND chain IS NOT NULL
       AND CASE WHEN outbox.state IS NULL THEN received_at_ms IS NOT NULL
           ELSE outbox.state = 'refused' AND outbox.problem ->> '$.type' = 'policy-unknown' END
     ORDER BY decision.row`,
  );
  const rowOf = database
    .prepare<[string], number>('SELECT row FROM decision WHERE id = ? AND made_here = 1')
    .pluck();
  const back = (lost: readonly TakenRow[]): number => {
    for (const { id } of lost) outbox.putBack(id);
    return lost.length;
  };
  return {
    all(by, seen) {
      const isLost = ({ id, is_header: isHeader, refused }: TakenRow): boolean => {
        const shown = seen.get(id);
        // What is only a header here and whole there: the server has forgotten that it was erased.
        return shown === undefined || (refused === 0 && isHeader === 1 && shown === 'whole');
      };
      return back(taken.all({ ...by, row: 0 }).filter(isLost));
    },
    // What came in by a pull was shown, whichever device it is of.
    behind: (by, seenRow) => back(taken.all({ ...by, device: null, row: seenRow })),
    newestRow: (ids) => Math.max(0, ...ids.map((id) => rowOf.get(id) ?? 0)),
  };
}
