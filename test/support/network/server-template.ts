import { hash } from '@node-rs/argon2';
import { createAccount, PASSWORD } from '../../integration/server/support/client.js';
import { START_MS } from '../client/sample-decision.js';
import { temporaryFolder } from '../client/temporary-folder.js';
import { realServer } from './real-server.js';

/** A server's database with two accounts, to begin many histories with. */
export interface ServerTemplate {
  /** Holds the database file. */
  readonly folder: string;
  readonly accounts: readonly { readonly email: string; readonly id: string }[];
  readonly remove: () => void;
}

/** Argon2id that takes no time: what a password costs to check is tested elsewhere, and histories sign in thousands of times. */
const CHEAP = { algorithm: 2, memoryCost: 8, timeCost: 1, parallelism: 1 };

export async function serverTemplate(): Promise<ServerTemplate> {
  const { folder, remove } = temporaryFolder('network-template');
  const server = realServer({ folder, clock: { nowMs: START_MS } });
  await server.start();
  const accounts = [];
  for (const email of ['ada@example.org', 'bob@example.org']) {
    const { id } = await createAccount(`http://127.0.0.1:${server.port() ?? 0}/alpha`, email);
    accounts.push({ email, id });
  }
  const cheap = await hash(PASSWORD, CHEAP);
  server.database().prepare('UPDATE accounts SET password_hash = ?').run(cheap);
  const copy = server.copy();
  await server.stop();
  return { folder: copy, accounts, remove };
}
