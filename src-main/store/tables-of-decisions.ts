/** The tables of what an account has decided, those that point to others first; the numbers of its chains are not among them. */
export const ACCOUNT_TABLES = [
  'outbox',
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
