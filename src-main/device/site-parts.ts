/** What is found in a service's own pages, as far as this room has to do with it. */
export interface SitePart {
  readonly kind:
    | 'cookie'
    | 'local-storage'
    | 'session-storage'
    | 'indexed-db'
    | 'cache-storage'
    | 'service-worker';
  readonly name: string;
  readonly host: string;
  readonly path: string;
  readonly bytes: number | null;
  readonly sinceMs: number | null;
  readonly expiresAtMs: number | null;
}

/** The windows on services' own pages. */
export interface SiteStorage {
  isOpen(service: string): boolean;
  clear(service: string): Promise<void>;
  stored(service: string): Promise<readonly SitePart[]>;
  remove(service: string, thing: SitePart): Promise<boolean>;
}

/** Where there are no windows, nothing is stored by any page. */
export const NO_SITES: SiteStorage = {
  isOpen: () => false,
  clear: () => Promise.resolve(),
  stored: () => Promise.resolve([]),
  remove: () => Promise.resolve(false),
};
