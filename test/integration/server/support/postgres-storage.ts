import pg from 'pg';
import { connectionOf } from '../../../../src-server/store/postgres-pool.js';
import type { Row } from './storage.js';

/** Looks into a PostgreSQL database past the product, and copies it and puts it back as a whole. */
export function postgresDatabase(address: string) {
  const name = new URL(address).pathname.slice(1);
  const copy = `${name}_copy`;
  return {
    async tables(): Promise<Map<string, Row[]>> {
      return connected(address, async (client) => {
        const { rows } = await client.query<{ name: string }>(
          `select table_name as name from information_schema.tables where table_schema = 'public'`,
        );
        const tables = new Map<string, Row[]>();
        for (const { name: table } of rows) {
          tables.set(table, (await client.query<Row>(`select * from "${table}"`)).rows);
        }
        return tables;
      });
    },
    copy: () => beside(address, [`create database ${copy} template ${name}`]),
    // The one it replaces stays beside it under another name: to drop it would make the whole cluster write its pages first.
    putBack: () =>
      beside(address, [
        `alter database ${name} rename to ${name}_replaced`,
        `alter database ${copy} rename to ${name}`,
      ]),
  };
}

/** Does something to a database from another one: nobody may be connected to it. */
async function beside(address: string, statements: readonly string[]): Promise<void> {
  const url = new URL(address);
  url.pathname = '/postgres';
  await connected(url.href, async (client) => {
    for (const statement of statements) await client.query(statement);
  });
}

async function connected<Value>(
  address: string,
  work: (client: pg.Client) => Promise<Value>,
): Promise<Value> {
  const client = new pg.Client({ ...connectionOf(address), query_timeout: 0 });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
