/** The tables of what an account has decided, those that point to others first; the numbers of its chains are not among them. */
const ACCOUNT_TABLES = [
  'outbox',
  'received',
  'receipt',
  'receipt_batch',
  'public_key',
  'head',
  'superseded',
  'decision',
  'imported',
  'imported_text',
] as const;

/** The tables of everything that was decided about a service, whoever decided it. */
export const SERVICE_TABLES = [...ACCOUNT_TABLES, 'chain', 'acknowledgement'] as const;

/** Statements that delete what an account has decided about a service; each asks for the service and the subject. */
export const ACCOUNT_DELETIONS = ACCOUNT_TABLES.map((table) =>
  table === 'received'
    ? 'DELETE FROM received WHERE row IN (SELECT row FROM decision WHERE service = ? AND subject = ?)'
    : `DELETE FROM ${table} WHERE service = ? AND subject = ?`,
);
