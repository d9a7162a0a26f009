import { createRequire } from 'node:module';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import process from 'node:process';
import Database from 'better-sqlite3';

// `node c15t.mjs PEERS FILE`: @c15t/backend as its quickstart sets it up (Kysely adapter, its own migrations, the handler
// mounted in Node's http server by @hono/node-server), on a SQLite file opened the way our own server opens its file.
// First line on stdout: {"url"}. PEERS is the folder whose node_modules holds the packages.
const [peers = '', file = ''] = process.argv.slice(2);
const found = createRequire(join(peers, 'package.json'));
/** @param {string} name */
const peer = (name) => import(pathToFileURL(found.resolve(name)).href);

const { Kysely, SqliteDialect } = await peer('kysely');
const { c15tInstance } = await peer('@c15t/backend');
const { kyselyAdapter } = await peer('@c15t/backend/db/adapters/kysely');
const { migrator } = await peer('@c15t/backend/db/migrator');
const { DB } = await peer('@c15t/backend/db/schema');
const { getRequestListener } = await peer('@hono/node-server');

const database = new Database(file, { timeout: 250 });
for (const pragma of [
  'journal_mode = WAL',
  'synchronous = FULL',
  'foreign_keys = ON',
  'secure_delete = ON',
])
  database.pragma(pragma);
const adapter = kyselyAdapter({
  db: new Kysely({ dialect: new SqliteDialect({ database }) }),
  provider: 'sqlite',
});
const migration = await migrator({ db: DB.client(adapter), schema: 'latest' });
await migration.execute?.();
const { handler } = c15tInstance({
  appName: 'bench',
  basePath: '/',
  trustedOrigins: ['http://127.0.0.1'],
  adapter,
  logger: { level: 'error' },
});
const server = createServer(getRequestListener(handler));
server.listen(0, '127.0.0.1', () => {
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${address.port}` })}\n`);
});
