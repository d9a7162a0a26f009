import type { Session } from 'electron';
import type { Gate, GateProxy } from '../gate/index.js';
import { pastTheProxy } from './past-the-proxy.js';

interface Parts {
  readonly service: string;
  readonly gate: Pick<Gate, 'pageRequest'>;
  readonly proxy: Pick<GateProxy, 'port'>;
  /** The address of the service's own pages; null where it has none. */
  readonly site: string | null;
  /** Whether the person has the opt-out signal on (`Sec-GPC`, Global Privacy Control). */
  readonly sendsSignal: () => boolean;
}

/** Addresses that lead nowhere: what they hold is in the page already. */
const LOCAL = /^(data|blob|about):/;

/**
 * Holds a session with foreign pages by two locks: its own filter, which sees each request and its kind, and a proxy, through
 * which goes whatever the filter does not see (TURN over TCP, WebTransport). Pages reach their own host without the proxy, which
 * would let them anyway: it costs a request in the clear a millisecond.
 */
export async function guardSession(session: Session, parts: Parts): Promise<void> {
  const { service, gate, proxy, site, sendsSignal } = parts;
  session.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  // Otherwise Chromium asks a server of its maker for a dictionary, unseen by the filter.
  session.setSpellCheckerLanguages([]);
  session.on('will-download', (event) => {
    event.preventDefault();
  });
  session.webRequest.onBeforeRequest(({ url, resourceType }, answer) => {
    answer({ cancel: !LOCAL.test(url) && !gate.pageRequest(service, url, resourceType).isAllowed });
  });
  session.webRequest.onBeforeSendHeaders(({ requestHeaders }, answer) => {
    const others = Object.entries(requestHeaders).filter(
      ([name]) => name.toLowerCase() !== 'sec-gpc',
    );
    const signal = sendsSignal() ? { 'Sec-GPC': '1' } : {};
    answer({ requestHeaders: { ...Object.fromEntries(others), ...signal } });
  });
  await session.setProxy({
    mode: 'fixed_servers',
    proxyRules: `http://127.0.0.1:${proxy.port}`,
    // Loopback is left out by default.
    proxyBypassRules: ['<-loopback>', ...pastTheProxy(site)].join(','),
  });
}
