import { usePostgres } from '../../support/postgres/use-postgres.js';
import { storageOfThisFile } from '../server/support/storage.js';

// The journeys of the server's own tests once more, every server on a PostgreSQL database of its own. Those that look into a
// SQLite file, or that have nothing to do with a database, are not among them.
const postgres = usePostgres();
storageOfThisFile.newAddress = () => postgres.newDatabase();

await import('../server/accounts.test.js');
await import('../server/chains.test.js');
await import('../server/opt-out.test.js');
await import('../server/pull.test.js');
await import('../server/push-refusals.test.js');
await import('../server/push.test.js');
await import('../server/revoke.test.js');
await import('../server/sessions.test.js');
await import('../server/sign-in.test.js');
