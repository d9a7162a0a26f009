import { session as sessions, type BrowserWindow, type Session } from 'electron';
import { loadGateProxy, type Gate, type GateProxy } from '../gate/index.js';
import { guardSession } from './guard-session.js';
import { createSeenSince, type SeenSince } from './seen-since.js';
import { cookieThing } from './stored.js';

/** What belongs to one service's own pages for as long as the app runs. */
export interface Site {
  readonly session: Session;
  readonly proxy: GateProxy;
  readonly seen: SeenSince;
  window: BrowserWindow | null;
  /** Whether the page in it finds the opt-out signal's property. */
  hasSignal: boolean;
  /** The hosts that were open at the last look. */
  openHosts: readonly string[];
}

interface Parts {
  readonly service: string;
  readonly gate: Gate;
  /** The address of the service's own pages; null where it has none. */
  readonly site: string | null;
  readonly sendsSignal: () => boolean;
  readonly foreign: WeakSet<Session>;
  readonly nowMs: () => number;
  /** Told when a cookie came, changed or went. */
  readonly onCookie: () => void;
  readonly openHosts: readonly string[];
}

/** Makes the session of a service's pages and puts it behind both locks, before any page of it is loaded. */
export async function prepareSite(parts: Parts): Promise<Site> {
  const { service, gate, sendsSignal, openHosts } = parts;
  // Without "persist:" it is in memory, and gone with the app.
  const session = sessions.fromPartition(`sayso-site-${service}`, { cache: false });
  parts.foreign.add(session);
  const { startGateProxy } = await loadGateProxy();
  const proxy = await startGateProxy((address, isNew) =>
    gate.mayReach(service, address, isNew ? 'unseen' : null),
  );
  await guardSession(session, { service, gate, proxy, site: parts.site, sendsSignal });
  const seen = createSeenSince(parts.nowMs);
  session.cookies.on('changed', (_event, cookie, _cause, isGone) => {
    if (!isGone) seen.note(cookieThing(cookie));
    parts.onCookie();
  });
  return { session, proxy, seen, window: null, hasSignal: false, openHosts };
}
