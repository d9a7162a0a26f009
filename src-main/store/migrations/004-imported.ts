/**
 * History from files. It lies apart from what was decided here, so that nothing of it can ever count: no rule reads it. Each
 * entry carries its own proof, as it stood in the file, so that no seal covers it.
 */
export const imported = `
CREATE TABLE imported (
  row INTEGER PRIMARY KEY,
  service TEXT NOT NULL,
  -- Who took it in: an account's opaque id, or '' for nobody.
  subject TEXT NOT NULL,
  id TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  -- The entry with its evidence, JSON.
  body TEXT NOT NULL,
  UNIQUE (service, subject, id)
) STRICT;

CREATE TABLE imported_text (
  service TEXT NOT NULL,
  subject TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  -- Label card and sections, JSON.
  body TEXT NOT NULL,
  PRIMARY KEY (service, subject, sha256)
) STRICT, WITHOUT ROWID;
`;
