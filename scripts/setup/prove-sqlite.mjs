/**
 * Run as a child process by Node or Electron: opens a database in memory and asks it something. A binary that does not fit
 * the runtime ends this process by a crash, which is why it is not tried inside the setup itself.
 *
 * Arguments: the folder of the better-sqlite3 package.
 */
import { createRequire } from 'node:module';

const Database = createRequire(import.meta.url)(process.argv[2] ?? 'better-sqlite3');
// Many short-lived statements make the garbage collector run finalizers, where an unsuitable Node-API shows.
for (let round = 1; round <= 50; round += 1) {
  const database = new Database(':memory:');
  database.exec('create table numbers (value integer)');
  for (let value = 1; value <= 20; value += 1)
    database.prepare(`insert into numbers values (${value})`).run();
  const row = database.prepare('select sum(value) as total from numbers').get();
  if (row.total !== 210) throw new Error(`SQLite says that 1 to 20 add up to ${row.total}`);
  database.close();
}
