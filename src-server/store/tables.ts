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

/**
 * One entry, never changed but for being erased, which puts a header in its place at a new position. `position` is the
 * order of arrival, which the cursors of a pull count by.
 */
export interface EntriesTable {
  position: Generated<number>;
  id: string;
  account_id: string;
  device_id: string;
  /** Null for a bare decision, and with it `prev`, `payload_hash` and `entry_hash`. */
  chain: string | null;
  seq: number;
  /** The decision as canonical JSON (RFC 8785): what a repeat is compared with, byte for byte. Null in a header. */
  decision: string | null;
  salt: string | null;
  /** What is left in a header: canonical JSON of purposes and what they supersede. */
  remains: string | null;
  prev: string | null;
  payload_hash: string | null;
  entry_hash: string | null;
  kid: string | null;
  signature: string | null;
  /** 1 for the header of a grant that was refused for its policy. */
  refused: number;
  /** 1 for a header whose words wait on the device: the whole entry may still come in its place. */
  held: number;
  /**
   * JSON, as it was first sent. Null for refused ones, for what came before there were receipts, and where the receipt is
   * one of a batch.
   */
  receipt: string | null;
  /** The batch that the receipt is made of again, and its place there. */
  receipt_batch: number | null;
  receipt_index: number | null;
  received_at_ms: number;
}

/** What the receipts of one request have in common. */
export interface ReceiptBatchesTable {
  batch: Generated<number>;
  account_id: string;
  /** The one signature. */
  jws: string;
  /** The hash of each leaf, 32 bytes each, one behind the other, base64url. */
  leaves: string;
  /** How many entries still have their receipt here; with the last one the batch goes. */
  members: number;
}

/** A place that an entry has left for a later one, with the mark that cursors behind it carry. */
export interface LeftPlacesTable {
  account_id: string;
  position: number;
  mark: string;
}

/** The database's own random id, in one row. */
interface FeedTable {
  id: string;
}

/** Whose a chain is, and how far it has come. */
export interface ChainsTable {
  chain: string;
  account_id: string;
  device_id: string;
  first_seq: number;
  last_seq: number;
  last_hash: string;
}

/** A public key of a device, kept for ever so that old entries stay checkable. */
interface DeviceKeysTable {
  account_id: string;
  device_id: string;
  /** RFC 7638 thumbprint. */
  kid: string;
  /** The public JWK, JSON. */
  jwk: string;
  since_ms: number;
}

/** A key the server signs receipts with. */
interface SigningKeysTable {
  kid: string;
  /** The private JWK, JSON: who reads this file can issue receipts. */
  private_jwk: string;
  created_at_ms: number;
  /** Null while it is in use; retired ones stay so that old receipts can be checked. */
  retired_at_ms: number | null;
}

/**
 * "This decision takes the place of that one for this purpose", one row each, whichever of the two came first; left out where
 * that one was known not to be an opt-out signal.
 */
export interface SupersessionsTable {
  account_id: string;
  superseded_id: string;
  purpose: string;
}

/** What an opt-out signal denied, one row per purpose. */
export interface SignalDenialsTable {
  account_id: string;
  decision_id: string;
  purpose: string;
}

/** The hash of a revoke handle, claimed by a session or by a revocation that came before its session. */
interface RevokeClaimsTable {
  service: string;
  revoke_hash: string;
  /** 1 for a session's, 0 for a revocation's. */
  has_session: number;
  at_ms: number;
}

/** Whose account a person at a provider has here. */
export interface ProviderPersonsTable {
  service: string;
  /** The provider, by the name it gives itself (`iss`). */
  issuer: string;
  /** Who the person is there (`sub`): never given to anybody else, as an address may be. */
  subject: string;
  account_id: string;
}

/** A session of an account that was erased: nothing is left of either but this. */
interface ErasedSessionsTable {
  token_hash: string;
  service: string;
  expires_at_ms: number;
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
  erased_sessions: ErasedSessionsTable;
  revoke_claims: RevokeClaimsTable;
  provider_persons: ProviderPersonsTable;
  entries: EntriesTable;
  receipt_batches: ReceiptBatchesTable;
  left_places: LeftPlacesTable;
  feed: FeedTable;
  chains: ChainsTable;
  device_keys: DeviceKeysTable;
  signing_keys: SigningKeysTable;
  supersessions: SupersessionsTable;
  signal_denials: SignalDenialsTable;
  schema_migrations: SchemaMigrationsTable;
}
