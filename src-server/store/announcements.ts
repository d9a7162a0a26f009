/** Something that streams of events, on this node or another one, may have to tell. */
export type Announcement =
  /** The account has got something to pull. */
  | { readonly kind: 'decisions'; readonly accountId: string }
  /** Sessions of the account have ended. */
  | { readonly kind: 'sessions'; readonly accountId: string }
  /** This node has not heard the others for a while: anything may have happened to anybody. */
  | { readonly kind: 'anything' };

/** Carries announcements between all nodes that share one database. */
export interface Announcements {
  /** Called after the commit of what it tells of. Never rejects: who misses it learns of it by the next heartbeat. */
  announce(announcement: Announcement): void;
  /** Hears announcements of all nodes, this one's own too. @returns stops it. */
  listen(hear: (announcement: Announcement) => void): () => void;
}

/** For a database that only one process uses. */
export function createLocalAnnouncements(): Announcements {
  const listeners = new Set<(announcement: Announcement) => void>();
  return {
    announce(announcement) {
      for (const hear of listeners) hear(announcement);
    },
    listen(hear) {
      listeners.add(hear);
      return () => listeners.delete(hear);
    },
  };
}
