import { describe } from 'vitest';
import { usePostgres } from '../../support/postgres/use-postgres.js';
import { storageOfThisFile } from '../server/support/storage.js';

// The journeys of the server's own tests once more, every server on a PostgreSQL database of its own. Those that look into a
// SQLite file, or that have nothing to do with a database, are not among them.
const postgres = usePostgres();
storageOfThisFile.newAddress = () => postgres.newDatabase();

// Each file in a suite of its own, so that what it does before and after each of its tests is done for its own alone.
describe.each([
  ['accounts', () => import('../server/accounts.test.js')],
  ['chains', () => import('../server/chains.test.js')],
  ['cursors', () => import('../server/cursors.test.js')],
  ['events', () => import('../server/events.test.js')],
  ['limits', () => import('../server/limits.test.js')],
  ['open push', () => import('../server/open-push.test.js')],
  ['opt-out', () => import('../server/opt-out.test.js')],
  ['own account', () => import('../server/own-account.test.js')],
  ['provider erasure', () => import('../server/provider-erasure.test.js')],
  ['provider sign-in', () => import('../server/provider-sign-in.test.js')],
  ['pull', () => import('../server/pull.test.js')],
  ['push refusals', () => import('../server/push-refusals.test.js')],
  ['push', () => import('../server/push.test.js')],
  ['receipts', () => import('../server/receipts.test.js')],
  ['receipts of batches', () => import('../server/receipt-batches.test.js')],
  ['revoke', () => import('../server/revoke.test.js')],
  ['sessions', () => import('../server/sessions.test.js')],
  ['sign-in', () => import('../server/sign-in.test.js')],
])('on PostgreSQL: %s', async (_name, journeysOf) => {
  await journeysOf();
});
