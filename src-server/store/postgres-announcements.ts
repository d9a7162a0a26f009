import { sql, type Kysely } from 'kysely';
import { readAnnouncements, textsOf } from './announcement-text.js';
import {
  createLocalAnnouncements,
  type Announcement,
  type Announcements,
} from './announcements.js';
import { holdListener, type ListenerParts } from './postgres-listener.js';
import type { Tables } from './tables.js';

/** Announcements over a database, with what ends them. */
export interface PostgresAnnouncements {
  readonly announcements: Announcements;
  readonly stop: () => Promise<void>;
}

const CHANNEL = 'sayso';

/**
 * Announcements between all servers on one PostgreSQL database, by LISTEN and NOTIFY. This server hears its own the same
 * way. One call is under way at a time; what is announced meanwhile goes together with the next, the same thing once. What
 * cannot be sent is dropped: the database is away then, and every server that finds it again tells its listeners "anything".
 * @throws what keeps the connection that listens from being made.
 */
export async function announceOverPostgres(
  db: Kysely<Tables>,
  parts: Pick<ListenerParts, 'config' | 'random' | 'checkEveryMs'>,
): Promise<PostgresAnnouncements> {
  const here = createLocalAnnouncements();
  const stopListening = await holdListener({
    ...parts,
    channel: CHANNEL,
    heard: (text) => {
      for (const announcement of readAnnouncements(text)) here.announce(announcement);
    },
    back: () => here.announce({ kind: 'anything' }),
  });
  let waiting: Announcement[] = [];
  let sending: Promise<void> | undefined;
  const sendAll = async (): Promise<void> => {
    while (waiting.length > 0) {
      const texts = textsOf(waiting);
      waiting = [];
      await notify(db, texts).catch(() => undefined);
    }
    sending = undefined;
  };
  return {
    announcements: {
      announce(announcement) {
        waiting.push(announcement);
        sending ??= sendAll();
      },
      listen: (hear) => here.listen(hear),
    },
    async stop() {
      await sending;
      await stopListening();
    },
  };
}

async function notify(db: Kysely<Tables>, texts: readonly string[]): Promise<void> {
  const calls = texts.map((text) => sql`pg_notify(${CHANNEL}, ${text})`);
  await sql`select ${sql.join(calls)}`.execute(db);
}
