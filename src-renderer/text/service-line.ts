import type { FirstMessages } from '../../src-shared/text/index.js';
import type { ServiceView } from '../../src-shared/views.js';

/** The line under a service in the rail, such as "2 allowed · synced"; of sync only where there is any. */
export function serviceLine(service: ServiceView, text: FirstMessages): string {
  const choices = choicesOf(service, text);
  const sync = syncOf(service, text);
  return sync === '' ? choices : text.rail.lineParts({ choices, sync });
}

function choicesOf(service: ServiceView, text: FirstMessages): string {
  if (service.ledger.state === 'suspect') return text.rail.suspect();
  if (service.bannerKind === 'acknowledge') {
    return service.bannerShows ? text.rail.unread() : text.rail.nothingOptional();
  }
  // Sale or sharing is asked by nobody, but once it is allowed it is allowed.
  const own = service.purposes.filter(({ kind }) => kind !== 'necessary');
  const allowed = own.filter(({ state }) => state === 'granted');
  if (
    own.every(({ kind, state }) =>
      kind === 'opt-out' ? state !== 'granted' : state === 'not-asked',
    )
  )
    return text.rail.undecided();
  return text.rail.allowed({ count: allowed.length });
}

function syncOf({ sync }: ServiceView, text: FirstMessages): string {
  if (sync.waiting > 0) return text.rail.syncWaiting({ count: sync.waiting });
  switch (sync.state) {
    case 'synced':
      return text.rail.syncSynced();
    case 'error':
      return text.rail.syncError();
    case 'waiting':
    case 'offline':
      return text.rail.syncOffline();
    case 'local':
      return '';
  }
}
