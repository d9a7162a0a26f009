import type { Session } from 'electron';
import type { OpenedSite, OpenFailure } from '../../src-shared/gate-view.js';
import { failed, ok, type Result } from '../../src-shared/result.js';
import type { Gate } from '../gate/index.js';
import { createSiteWindow, showSite } from './open-window.js';
import { prepareSite, type Site } from './prepare-site.js';
import { readStored, removeStored, type StoredThing } from './stored.js';

/** The windows on the services' own pages: the only ones that show anything foreign. */
export interface Sites {
  /** Opens a service's pages, or brings their window to the front. */
  open(service: string): Promise<Result<OpenedSite, OpenFailure>>;
  isOpen(service: string): boolean;
  /** Closes the window and deletes everything its pages have stored: at sign-out, and when the person says so. */
  clear(service: string): Promise<void>;
  /** What the pages have stored. */
  stored(service: string): Promise<StoredThing[]>;
  /** Deletes one thing. @returns false where its page is not open any more, or holds on to it. */
  remove(service: string, thing: StoredThing): Promise<boolean>;
  stop(): Promise<void>;
}

interface Parts {
  readonly gate: Gate;
  readonly siteOf: (service: string) => string | null;
  readonly sendsSignal: (service: string) => boolean;
  /** Sessions whose pages may go from address to address; the gate holds each of their requests. */
  readonly foreign: WeakSet<Session>;
  readonly icon: string;
  /** Path of the script that every page of a service gets. */
  readonly script: string;
  readonly nowMs: () => number;
  /** Told when what the pages have stored has changed, and when they were opened or closed. */
  readonly onStored: (service: string) => void;
}

export function createSites(parts: Parts): Sites {
  const { gate, onStored } = parts;
  const sites = new Map<string, Promise<Site>>();
  /** Services whose window stands. */
  const open = new Set<string>();

  const openHostsOf = (service: string): string[] =>
    gate.tools(service).flatMap(({ tool, ruling }) => (ruling.isOpen ? tool.hosts : []));
  const siteOf = (service: string): Promise<Site> => {
    const known =
      sites.get(service) ??
      prepareSite({
        ...parts,
        service,
        site: parts.siteOf(service),
        sendsSignal: () => parts.sendsSignal(service),
        onCookie: () => {
          onStored(service);
        },
        openHosts: openHostsOf(service),
      });
    sites.set(service, known);
    return known;
  };
  const placeOf = ({ session, window }: Site) => ({
    session,
    contents: window?.webContents ?? null,
  });

  const openWindow = async (
    service: string,
    site: Site,
    address: string,
  ): Promise<Result<OpenedSite, OpenFailure>> => {
    site.hasSignal = parts.sendsSignal(service);
    const { icon, script } = parts;
    const { session, hasSignal } = site;
    const window = createSiteWindow({ session, icon, script, hasSignal });
    site.window = window;
    open.add(service);
    window.once('closed', () => {
      // Another may have taken its place already.
      if (site.window !== window) return;
      site.window = null;
      open.delete(service);
      onStored(service);
    });
    const outcome = await showSite(window, address);
    if (outcome === 'shown') {
      onStored(service);
      return ok({ kind: 'opened' });
    }
    if (!window.isDestroyed()) window.destroy();
    return failed({ code: outcome });
  };

  /** What was reached under a consent that is gone: its connections, what it stored, and its scripts in the open page. */
  const follow = async (service: string): Promise<void> => {
    const known = sites.get(service);
    if (!known) return;
    const site = await known;
    site.proxy.cut();
    if (site.window && site.hasSignal !== parts.sendsSignal(service)) {
      // The property belongs to the window from its beginning.
      const before = site.window;
      const address = before.webContents.getURL() || parts.siteOf(service);
      if (address !== null) void openWindow(service, site, address);
      before.destroy();
    }
    const now = openHostsOf(service);
    const gone = site.openHosts.filter((host) => !now.includes(host));
    site.openHosts = now;
    if (gone.length === 0) return;
    await site.session.closeAllConnections();
    for (const host of gone) {
      for (const scheme of ['https', 'http']) {
        await site.session.clearStorageData({ origin: `${scheme}://${host}` });
      }
    }
    await site.session.clearStorageData({ storages: ['serviceworkers', 'cachestorage'] });
    if (site.window && !site.window.isDestroyed()) site.window.webContents.reloadIgnoringCache();
  };
  const endFollowing = gate.onChange((service) => void follow(service));

  return {
    async open(service) {
      const address = parts.siteOf(service);
      if (address === null) return failed({ code: 'unknown-service' });
      const site = await siteOf(service);
      if (site.window && !site.window.isDestroyed()) {
        site.window.show();
        site.window.focus();
        return ok({ kind: 'already-open' });
      }
      return openWindow(service, site, address);
    },
    isOpen: (service) => open.has(service),
    async clear(service) {
      const known = sites.get(service);
      if (!known) return;
      const site = await known;
      site.window?.destroy();
      await site.session.closeAllConnections();
      await site.session.clearStorageData();
      await site.session.clearCache();
      await site.session.clearAuthCache();
      onStored(service);
    },
    async stored(service) {
      const known = sites.get(service);
      if (!known) return [];
      const site = await known;
      return site.seen.mark(await readStored(placeOf(site)));
    },
    async remove(service, thing) {
      const known = sites.get(service);
      return known ? removeStored(placeOf(await known), thing) : false;
    },
    async stop() {
      endFollowing();
      for (const known of sites.values()) {
        const site = await known;
        site.window?.destroy();
        await site.proxy.close();
      }
      sites.clear();
    },
  };
}
