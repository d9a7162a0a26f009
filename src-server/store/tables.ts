import type { Generated } from 'kysely';

/** An account of one service. Times are milliseconds since 1970, UTC, by the server's clock, in every table. */
export interface AccountsTable {
  id: string;
  service: string;
  /** As the person wrote it when the account was made. */
  email: string;
  /** What addresses are compared by; unique within a service. */
  email_key: string;
  /** Argon2id in PHC form, which carries its own salt and parameters. */
  password_hash: string;
  created_at_ms: number;
}

/** A session, kept for a while after its end so that "expired" and "ended" can be told from "never heard of". */
export interface SessionsTable {
  id: string;
  account_id: string;
  service: string;
  /** SHA-256 of the token, hexadecimal; the token itself is nowhere. */
  token_hash: string;
  /** SHA-256 of the handle that may end this session, hexadecimal. */
  revoke_hash: string | null;
  device_id: string;
  device_name: string;
  created_at_ms: number;
  last_used_at_ms: number;
  expires_at_ms: number;
  /** When it was signed out, revoked or ended from another device; null while it was not. */
  ended_at_ms: number | null;
}

/** One decision, never changed. `position` is the order of arrival, which the cursors of a pull count by. */
interface DecisionsTable {
  position: Generated<number>;
  id: string;
  account_id: string;
  /** Which run of sequence numbers `seq` belongs to: the device's id while devices have no chains of their own. */
  chain: string;
  seq: number;
  /** The decision as canonical JSON (RFC 8785): what a repeat is compared with, byte for byte. */
  decision: string;
  received_at_ms: number;
}

/** "This decision takes the place of that one for this purpose", one row each, whichever of the two came first. */
interface SupersessionsTable {
  account_id: string;
  superseded_id: string;
  purpose: string;
}

/** What an opt-out signal denied, one row per purpose. */
interface SignalDenialsTable {
  account_id: string;
  decision_id: string;
  purpose: string;
}

/** Which numbered migrations this database has been through. */
interface SchemaMigrationsTable {
  number: number;
  name: string;
  applied_at_ms: number;
}

export interface Tables {
  accounts: AccountsTable;
  sessions: SessionsTable;
  decisions: DecisionsTable;
  supersessions: SupersessionsTable;
  signal_denials: SignalDenialsTable;
  schema_migrations: SchemaMigrationsTable;
}
