/**
 * The first schema. `subject` is the account's opaque id, or '' for nobody: the signed-out person at this device (a key
 * column cannot be null). Times are milliseconds since 1970, UTC.
 */
export const first = `
CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What the person said. Never edited; received_at_ms is what the server added. (device, seq) is not unique here: after a
-- restored backup the server may send a decision of this device under a number that was used again, and it has to be known.
CREATE TABLE decision (
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  service TEXT NOT NULL,
  subject TEXT NOT NULL,
  device TEXT NOT NULL,
  seq INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  received_at_ms INTEGER,
  -- Where its receipt came with those of a whole batch: which one, and its place there.
  receipt_batch INTEGER,
  receipt_index INTEGER,
  -- Canonical JSON of the decision and the salt of its hash; both null once it was erased, and then remains is set:
  -- JSON {purposes, supersedes}.
  body TEXT,
  salt TEXT,
  remains TEXT CHECK ((body IS NULL) = (remains IS NOT NULL)),
  -- The ledger entry; all null for a decision of another client that keeps no chain.
  chain TEXT,
  prev TEXT,
  payload_hash TEXT,
  entry_hash TEXT,
  -- The signature of the device's key; null for the signed-out person, and until the key is unlocked.
  kid TEXT,
  signature TEXT,
  -- Whether it was made in this profile.
  made_here INTEGER NOT NULL CHECK (made_here IN (0, 1))
) STRICT;
CREATE INDEX decision_by_subject ON decision (service, subject, row);
CREATE INDEX decision_by_chain ON decision (chain, seq);

-- The last number used by a device, and its chain: a new one begins with each sign-in and after a fork. Outlives the rows
-- of an account, so that no number is ever used twice.
CREATE TABLE chain (
  service TEXT NOT NULL,
  subject TEXT NOT NULL,
  device TEXT NOT NULL,
  last_seq INTEGER NOT NULL,
  -- Null until the next entry begins a new chain.
  chain TEXT,
  last_hash TEXT,
  -- The entry up to which the whole chain was checked in the background.
  checked_seq INTEGER NOT NULL DEFAULT 0,
  checked_hash TEXT,
  PRIMARY KEY (service, subject, device)
) STRICT, WITHOUT ROWID;

-- Proof that the server took a decision, as it came (JSON).
CREATE TABLE receipt (
  decision_id TEXT PRIMARY KEY,
  service TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The same for a whole batch under one signature (JSON): what was signed, and what each receipt is about. The way from each to
-- the root of their tree follows from that.
CREATE TABLE receipt_batch (
  row INTEGER PRIMARY KEY,
  service TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;

-- Public keys (JSON, JWK): of the services' servers (subject '' and device ''), and of an account's devices.
CREATE TABLE public_key (
  service TEXT NOT NULL,
  subject TEXT NOT NULL,
  kid TEXT NOT NULL,
  device TEXT NOT NULL,
  jwk TEXT NOT NULL,
  PRIMARY KEY (service, subject, device, kid)
) STRICT, WITHOUT ROWID;

-- The effective state: decisions that name a purpose (or *) and that no other supersedes there.
CREATE TABLE head (
  service TEXT NOT NULL,
  subject TEXT NOT NULL,
  purpose TEXT NOT NULL,
  decision_id TEXT NOT NULL,
  choice TEXT NOT NULL CHECK (choice IN ('granted', 'denied', 'erased')),
  -- The place of a decision made in this profile in the order of decisions; null for one fetched from the server.
  made_here_row INTEGER,
  at_ms INTEGER NOT NULL,
  -- The trusted time of the press; lowered when a server proves that it cannot have been so late.
  pressed_at_ms INTEGER NOT NULL,
  received_at_ms INTEGER,
  policy_version TEXT NOT NULL,
  rests INTEGER NOT NULL DEFAULT 0 CHECK (rests IN (0, 1)),
  PRIMARY KEY (service, subject, purpose, decision_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX head_by_decision ON head (decision_id);

-- Which ids have been taken the place of, also those that have not arrived yet.
CREATE TABLE superseded (
  service TEXT NOT NULL,
  subject TEXT NOT NULL,
  purpose TEXT NOT NULL,
  decision_id TEXT NOT NULL,
  PRIMARY KEY (service, subject, purpose, decision_id)
) STRICT, WITHOUT ROWID;

-- What the server has not answered for, and what it has refused. row is that of the decision, so that the order of sending is
-- that of saying, also for what is put back.
CREATE TABLE outbox (
  row INTEGER PRIMARY KEY,
  decision_id TEXT NOT NULL UNIQUE,
  service TEXT NOT NULL,
  subject TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'refused')),
  problem TEXT,
  -- Whether it is to be sent: what waits, and what was refused by a server that has lost its place since.
  unsent INTEGER NOT NULL DEFAULT 1 CHECK (unsent IN (0, 1)),
  -- Whether the server has a header in its place, sent without a session; the words are still to come.
  held INTEGER NOT NULL DEFAULT 0 CHECK (held IN (0, 1))
) STRICT;
CREATE INDEX outbox_by_subject ON outbox (service, subject, state, row);
CREATE INDEX outbox_unsent ON outbox (service, subject, row) WHERE unsent = 1;

-- Signed refusals of accounts that were signed out of, and the headers between them: as they travel (JSON), and where to.
-- They are all that is left of the account here, and go when the service has answered.
CREATE TABLE parting (
  row INTEGER PRIMARY KEY,
  service TEXT NOT NULL,
  base_address TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX parting_by_service ON parting (service, row);

-- Notices are acknowledged per device, whoever is signed in.
CREATE TABLE acknowledgement (
  service TEXT PRIMARY KEY,
  policy_version TEXT NOT NULL,
  at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
  service TEXT PRIMARY KEY,
  account_id TEXT NOT NULL,
  session_id TEXT NOT NULL,
  base_address TEXT NOT NULL,
  handle TEXT NOT NULL,
  expires_at_ms INTEGER NOT NULL,
  remembered INTEGER NOT NULL CHECK (remembered IN (0, 1)),
  state TEXT NOT NULL CHECK (state IN ('active', 'expired', 'signing-out')),
  pulled INTEGER NOT NULL DEFAULT 0 CHECK (pulled IN (0, 1)),
  pull_cursor TEXT NOT NULL DEFAULT '',
  -- The newest decision of this profile that the server has shown in a pull: what it took is there to be fetched.
  seen_row INTEGER NOT NULL DEFAULT 0,
  device_choices TEXT NOT NULL DEFAULT 'unasked'
    CHECK (device_choices IN ('unasked', 'taken-over', 'kept-apart')),
  began_row INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Each can end one session and nothing else. 'trying': a sign-in is under way; 'to-send': that session is to be ended.
CREATE TABLE revoke_handle (
  handle TEXT PRIMARY KEY,
  service TEXT NOT NULL,
  base_address TEXT NOT NULL,
  made_at_ms INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('trying', 'held', 'to-send'))
) STRICT, WITHOUT ROWID;

-- Every policy text this profile has seen, shipped or fetched (JSON). What stood on a screen stays readable.
CREATE TABLE policy_text (
  service TEXT NOT NULL,
  version TEXT NOT NULL,
  lang TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  effective_at_ms INTEGER NOT NULL,
  -- The version before it; null where this is the first.
  previous TEXT,
  body TEXT NOT NULL,
  PRIMARY KEY (service, version, lang, sha256)
) STRICT, WITHOUT ROWID;

-- A digest of every row of a service that its ledger does not cover, made anew with each commit.
CREATE TABLE seal (
  service TEXT PRIMARY KEY,
  digest TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`;
