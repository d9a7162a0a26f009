/** The gate: what its tools have kept, what they have sent, and what it has let through or refused. */
export const gate = `
-- What a tool keeps on this device while its purpose is granted. Goes with the refusal itself, in one transaction.
CREATE TABLE tool_data (
  service TEXT NOT NULL,
  tool TEXT NOT NULL,
  -- Whose choice it was collected under; '' for nobody. It never goes over to another.
  subject TEXT NOT NULL,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (service, tool, key)
) STRICT, WITHOUT ROWID;

-- What was sent, each under a random id of its own, so that the service can be asked to forget it.
CREATE TABLE tool_batch (
  batch TEXT PRIMARY KEY,
  service TEXT NOT NULL,
  tool TEXT NOT NULL,
  base_address TEXT NOT NULL,
  sent_at_ms INTEGER NOT NULL,
  -- The consent is gone, and the service is still to be asked to forget it.
  forget INTEGER NOT NULL DEFAULT 0 CHECK (forget IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE INDEX tool_batch_by_tool ON tool_batch (service, tool, forget, sent_at_ms);

-- What the gate did. tool '' is the service itself, and what nobody declared; reason '' is "allowed".
CREATE TABLE gate_count (
  service TEXT NOT NULL,
  tool TEXT NOT NULL,
  host TEXT NOT NULL,
  kind TEXT NOT NULL,
  reason TEXT NOT NULL,
  times INTEGER NOT NULL,
  first_at_ms INTEGER NOT NULL,
  last_at_ms INTEGER NOT NULL,
  PRIMARY KEY (service, tool, host, kind, reason)
) STRICT, WITHOUT ROWID;
`;
