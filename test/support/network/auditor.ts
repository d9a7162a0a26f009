import { randomBytes } from 'node:crypto';
import { sessionListSchema, type PulledEntry } from '../../../src-shared/api-contract.js';
import { hashOf } from '../../../src-server/auth/secrets.js';
import { bodyOf, call, signIn } from '../../integration/server/support/client.js';
import { pull } from '../../integration/server/support/decisions.js';
import type { NetworkWorld } from './network-world.js';

/** Looks at the server from outside, once all is quiet, as one more device of each account. */
export interface Auditor {
  /** Everything of one account, read page by page. */
  entriesOf(account: number): Promise<PulledEntry[]>;
  /** The ids of the sessions that are open, its own aside. */
  openSessions(): Promise<string[]>;
}

const AUDITOR = 'auditor';

/** Its sessions are put right into the database: nobody has to sign in for it, and no limit counts it. */
export function auditor(world: NetworkWorld): Auditor {
  const insert = world.server.database().prepare(
    `INSERT INTO sessions (id, account_id, service, token_hash, revoke_hash, device_id, device_name,
       created_at_ms, last_used_at_ms, expires_at_ms, ended_at_ms)
     VALUES (?, ?, 'alpha', ?, NULL, '${AUDITOR}', 'Auditor', ?, ?, ?, NULL)`,
  );
  const { nowMs } = world.clock;
  const tokens = world.accounts.map(({ id }) => {
    const token = randomBytes(32).toString('base64url');
    insert.run(`audit-${token.slice(0, 8)}`, id, hashOf(token), nowMs, nowMs, nowMs + 3_600_000);
    return token;
  });
  return {
    entriesOf: (account) => allOf(world.base(), tokens[account] ?? ''),
    openSessions() {
      const rows = world.server
        .database()
        .prepare<[number, string], { id: string; account_id: string }>(
          'SELECT id, account_id FROM sessions WHERE ended_at_ms IS NULL AND expires_at_ms > ? AND device_id <> ?',
        )
        .all(world.clock.nowMs, AUDITOR);
      const known = rows.filter((one) => world.accounts.some(({ id }) => id === one.account_id));
      return Promise.resolve(known.map(({ id }) => id));
    },
  };
}

/**
 * An auditor that signs in as anybody does, for servers whose database is out of reach.
 * @param base where the server is at the moment, asked for each time.
 */
export async function signedInAuditor(
  base: () => string,
  emails: readonly string[],
): Promise<Auditor> {
  const device = { id: AUDITOR, name: 'Auditor' };
  const tokens: string[] = [];
  for (const email of emails) tokens.push((await signIn(base(), email, { device })).token);
  return {
    entriesOf: (account) => allOf(base(), tokens[account] ?? ''),
    async openSessions() {
      const lists = await Promise.all(
        tokens.map(async (token) =>
          bodyOf(await call(`${base()}/v1/sessions`, 'GET', { token }), sessionListSchema),
        ),
      );
      const open = lists.flatMap(({ sessions }) => sessions.filter(({ current }) => !current));
      return open.map(({ id }) => id);
    },
  };
}

async function allOf(base: string, token: string): Promise<PulledEntry[]> {
  const entries: PulledEntry[] = [];
  for (let after = '', more = true; more;) {
    const page = await pull(base, token, `?limit=7&after=${after}`);
    entries.push(...page.entries);
    ({ cursor: after, more } = page);
  }
  return entries;
}
