import Database from 'better-sqlite3';
import { decisionSchema, type Decision } from '../../../src-shared/consent/decision.js';
import type { NetworkDevice } from './device.js';

/** A decision that a client has said to be saved. */
export interface Saved {
  readonly device: NetworkDevice;
  readonly decision: Decision;
  /** As it was written, canonical JSON. */
  readonly body: string;
  /** Whether it was signed when it was made. */
  readonly isSigned: boolean;
}

/** A row of the client's decisions, as far as a history looks at it. */
export interface OwnRow {
  readonly row: number;
  readonly id: string;
  readonly subject: string;
  readonly body: string | null;
  readonly isSigned: boolean;
  readonly madeHere: boolean;
}

/** Every row of one service a device has, read past the product. */
export function rowsOf(device: NetworkDevice): OwnRow[] {
  const database = new Database(device.rig().file, { readonly: true });
  try {
    return database
      .prepare<[], Omit<OwnRow, 'isSigned' | 'madeHere'> & { signed: number; made: number }>(
        `SELECT row, id, subject, body, signature IS NOT NULL AS signed, made_here AS made
         FROM decision WHERE service = 'alpha' ORDER BY row`,
      )
      .all()
      .map(({ signed, made, ...row }) => ({
        ...row,
        isSigned: signed === 1,
        madeHere: made === 1,
      }));
  } finally {
    database.close();
  }
}

/** Notes what clients say they have saved. */
export class NetworkRecord {
  readonly saved: Saved[] = [];
  /** Whether the server was put back from a copy. */
  wasPutBack = false;

  /** The ids a device knows before something is said on it; to be compared with afterwards. */
  before(device: NetworkDevice): ReadonlySet<string> {
    return new Set(rowsOf(device).map(({ id }) => id));
  }

  /** The device has said that what was pressed is saved. @returns what is new on its disk and was made there. */
  confirmed(device: NetworkDevice, before: ReadonlySet<string>): Decision[] {
    const fresh = rowsOf(device).filter(({ id, madeHere }) => madeHere && !before.has(id));
    return fresh.map(({ body, isSigned }) => {
      const decision = decisionSchema.parse(JSON.parse(body ?? ''));
      this.saved.push({ device, decision, body: body ?? '', isSigned });
      return decision;
    });
  }
}
