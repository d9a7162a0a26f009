import { session as sessions, type BrowserWindow, type Session } from 'electron';
import type { DeclaredItem } from '../../src-shared/policy-text.js';
import { startGateProxy, type Gate, type GateProxy } from '../gate/index.js';
import { guardSession } from './guard-session.js';
import { openSiteWindow } from './open-window.js';
import { readStored, type StoredThing } from './stored.js';

/** The windows on the services' own pages: the only ones that show anything foreign. */
export interface Sites {
  /** Opens a service's pages, or brings their window to the front. @returns false where there is no address. */
  open(service: string): Promise<boolean>;
  /** Closes the window and deletes everything its pages have stored: at sign-out, and when the person says so. */
  clear(service: string): Promise<void>;
  /** What the pages have stored. */
  stored(service: string): Promise<StoredThing[]>;
  stop(): Promise<void>;
}

interface Parts {
  readonly gate: Gate;
  readonly siteOf: (service: string) => string | null;
  readonly itemsOf: (service: string) => readonly DeclaredItem[];
  readonly sendsSignal: (service: string) => boolean;
  /** Sessions whose pages may go from address to address; the gate holds each of their requests. */
  readonly foreign: WeakSet<Session>;
  readonly icon: string;
  readonly signalScript: string;
  /** Told when what the pages have stored has changed. */
  readonly onStored: (service: string) => void;
}

interface Site {
  readonly session: Session;
  readonly proxy: GateProxy;
  window: BrowserWindow | null;
  /** The hosts that were open at the last look. */
  openHosts: readonly string[];
}

export function createSites(parts: Parts): Sites {
  const { gate } = parts;
  const sites = new Map<string, Promise<Site>>();

  const openHostsOf = (service: string): string[] =>
    gate.tools(service).flatMap(({ tool, ruling }) => (ruling.isOpen ? tool.hosts : []));

  const prepare = async (service: string): Promise<Site> => {
    // Without "persist:" it is in memory, and gone with the app.
    const session = sessions.fromPartition(`sayso-site-${service}`, { cache: false });
    parts.foreign.add(session);
    const proxy = await startGateProxy((address, isNew) =>
      gate.mayReach(service, address, isNew ? 'unseen' : null),
    );
    await guardSession(session, {
      service,
      gate,
      proxy,
      sendsSignal: () => parts.sendsSignal(service),
    });
    session.cookies.on('changed', () => {
      parts.onStored(service);
    });
    return { session, proxy, window: null, openHosts: openHostsOf(service) };
  };
  const siteOf = (service: string): Promise<Site> => {
    const known = sites.get(service) ?? prepare(service);
    sites.set(service, known);
    return known;
  };

  /** What was reached under a consent that is gone: its connections, what it stored, and its scripts in the open page. */
  const follow = async (service: string): Promise<void> => {
    const known = sites.get(service);
    if (!known) return;
    const site = await known;
    site.proxy.cut();
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
      if (address === null) return false;
      const site = await siteOf(service);
      if (site.window && !site.window.isDestroyed()) {
        site.window.focus();
        return true;
      }
      const window = openSiteWindow({
        session: site.session,
        address,
        icon: parts.icon,
        signalScript: parts.sendsSignal(service) ? parts.signalScript : null,
      });
      site.window = window;
      window.on('closed', () => (site.window = null));
      return true;
    },
    async clear(service) {
      const known = sites.get(service);
      if (!known) return;
      const site = await known;
      site.window?.destroy();
      await site.session.closeAllConnections();
      await site.session.clearStorageData();
      await site.session.clearCache();
      await site.session.clearAuthCache();
      parts.onStored(service);
    },
    async stored(service) {
      const known = sites.get(service);
      if (!known) return [];
      const { session, window } = await known;
      return readStored(session, window?.webContents ?? null, parts.itemsOf(service));
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
