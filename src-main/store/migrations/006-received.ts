/**
 * What the server added to a decision stands beside it. An answer for 500 decisions then writes 500 short rows behind each
 * other, and not 500 decisions again with every word they say.
 *
 * The sums over rows (`row-sums.ts`) are of the same values as before, so that the seal of an older profile holds.
 */
export const received = `
CREATE TABLE received (
  -- Of the decision.
  row INTEGER PRIMARY KEY,
  decision_id TEXT NOT NULL,
  service TEXT NOT NULL,
  received_at_ms INTEGER NOT NULL,
  -- Where its receipt came with those of a whole batch: which one, and its place there.
  receipt_batch INTEGER,
  receipt_index INTEGER
) STRICT;
INSERT INTO received
  SELECT row, id, service, received_at_ms, receipt_batch, receipt_index FROM decision WHERE received_at_ms IS NOT NULL;
ALTER TABLE decision DROP COLUMN received_at_ms;
ALTER TABLE decision DROP COLUMN receipt_batch;
ALTER TABLE decision DROP COLUMN receipt_index;
`;
