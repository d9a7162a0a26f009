import { createRequire } from 'node:module';
import type Sqlite from 'better-sqlite3';

/**
 * The SQLite library. Asked for the way its own kind of module is: an `import` of it would first start Node's analyser of such
 * modules, which is a tenth of what the app does before its first page.
 */
export const SqliteDatabase = createRequire(import.meta.url)('better-sqlite3') as typeof Sqlite;
