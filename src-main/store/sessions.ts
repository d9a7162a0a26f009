import type { KeptReads } from './kept-reads.js';
import type { Database } from './open-database.js';

/** What is kept of a session. The token is not among it: it lives in the keychain or in memory. */
export interface StoredSession {
  readonly service: string;
  readonly accountId: string;
  readonly sessionId: string;
  /** The origin and path that issued the token; it is sent nowhere else. */
  readonly baseAddress: string;
  readonly handle: string;
  readonly expiresAtMs: number;
  readonly remembered: boolean;
  readonly state: 'active' | 'expired' | 'signing-out';
  /** Whether the account's decisions have been fetched once since the sign-in. */
  readonly pulled: boolean;
  readonly pullCursor: string;
  /** The newest decision of this profile that the server has shown in a pull. */
  readonly seenRow: number;
  readonly deviceChoices: 'unasked' | 'taken-over' | 'kept-apart';
  /** The newest decision of this profile when the session began. */
  readonly beganRow: number;
  /**
   * What the account decided elsewhere is still to come, has come and the person is to be told, or is told (or there was
   * nothing to tell).
   */
  readonly arrival: 'awaited' | 'due' | 'told';
}

type Changeable = Pick<
  StoredSession,
  'state' | 'remembered' | 'pulled' | 'pullCursor' | 'seenRow' | 'deviceChoices' | 'arrival'
>;

export interface SessionStore {
  get(service: string): StoredSession | null;
  all(): StoredSession[];
  put(session: StoredSession): void;
  change(service: string, to: Partial<Changeable>): void;
  delete(service: string): void;
}

interface SessionRow {
  readonly service: string;
  readonly account_id: string;
  readonly session_id: string;
  readonly base_address: string;
  readonly handle: string;
  readonly expires_at_ms: number;
  readonly remembered: number;
  readonly state: StoredSession['state'];
  readonly pulled: number;
  readonly pull_cursor: string;
  readonly seen_row: number;
  readonly device_choices: StoredSession['deviceChoices'];
  readonly began_row: number;
  readonly arrival: StoredSession['arrival'];
}

export function createSessionStore(database: Database, keptReads: KeptReads): SessionStore {
  const every = database.prepare<[], SessionRow>('SELECT * FROM session ORDER BY service');
  const replace = database.prepare<SessionRow>(
    `INSERT OR REPLACE INTO session VALUES (@service, @account_id, @session_id, @base_address, @handle, @expires_at_ms,
     @remembered, @state, @pulled, @pull_cursor, @seen_row, @device_choices, @began_row, @arrival)`,
  );
  const drop = database.prepare<[string]>('DELETE FROM session WHERE service = ?');
  const all = keptReads.of('session', () => every.all().map(fromRow));
  const get = (service: string): StoredSession | null =>
    all().find((session) => session.service === service) ?? null;
  return {
    get,
    all: () => [...all()],
    put: (session) => void replace.run(toRow(session)),
    change(service, to) {
      const session = get(service);
      if (session) replace.run(toRow({ ...session, ...to }));
    },
    delete: (service) => void drop.run(service),
  };
}

function fromRow(row: SessionRow): StoredSession {
  return {
    service: row.service,
    accountId: row.account_id,
    sessionId: row.session_id,
    baseAddress: row.base_address,
    handle: row.handle,
    expiresAtMs: row.expires_at_ms,
    remembered: row.remembered === 1,
    state: row.state,
    pulled: row.pulled === 1,
    pullCursor: row.pull_cursor,
    seenRow: row.seen_row,
    deviceChoices: row.device_choices,
    beganRow: row.began_row,
    arrival: row.arrival,
  };
}

function toRow(session: StoredSession): SessionRow {
  return {
    service: session.service,
    account_id: session.accountId,
    session_id: session.sessionId,
    base_address: session.baseAddress,
    handle: session.handle,
    expires_at_ms: session.expiresAtMs,
    remembered: Number(session.remembered),
    state: session.state,
    pulled: Number(session.pulled),
    pull_cursor: session.pullCursor,
    seen_row: session.seenRow,
    device_choices: session.deviceChoices,
    began_row: session.beganRow,
    arrival: session.arrival,
  };
}
