import type { Migration } from '../migrate.js';
import { accountsMigration } from './0001-accounts.js';
import { sessionsMigration } from './0002-sessions.js';
import { decisionsMigration } from './0003-decisions.js';
import { optOutSignalMigration } from './0004-opt-out-signal.js';
import { ledgerMigration } from './0005-ledger.js';
import { feedMigration } from './0006-feed.js';
import { sharedMigration } from './0007-shared.js';
import { revokeClaimsMigration } from './0008-revoke-claims.js';
import { providerPersonsMigration } from './0009-provider-persons.js';
import { erasedSessionsMigration } from './0010-erased-sessions.js';
import { receiptBatchesMigration } from './0011-receipt-batches.js';

/** Every migration, in order. A published one is never edited: a change of mind is a new number. */
export const migrations: readonly Migration[] = [
  accountsMigration,
  sessionsMigration,
  decisionsMigration,
  optOutSignalMigration,
  ledgerMigration,
  feedMigration,
  sharedMigration,
  revokeClaimsMigration,
  providerPersonsMigration,
  erasedSessionsMigration,
  receiptBatchesMigration,
];
