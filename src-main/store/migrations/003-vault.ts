/**
 * What is kept of an account's own data (e-mail address, devices), sealed. Nothing is moved: until here none of it was written
 * to the disk at all.
 */
export const vault = `
CREATE TABLE vault (
  service TEXT PRIMARY KEY,
  account_id TEXT NOT NULL,
  sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
`;
