import type { FirstMessages } from '../../src-shared/text/index.js';
import type { ServiceView, SyncView } from '../../src-shared/views.js';

/** What the status line shows. `detail` is empty when there is nothing to explain. */
export interface StatusLine {
  readonly state: 'saved' | SyncView['state'];
  readonly waiting: number;
  readonly phrase: string;
  readonly detail: string;
  /** Nothing is wrong, it only is not done yet: worth a word only when it lasts. */
  readonly isUnderWay: boolean;
  /** What one press can do about it: ask the service again at once, sign in, or look at what was refused. */
  readonly remedy: 'try' | 'sign-in' | 'look' | null;
}

/**
 * The status of one service by the first that holds: just saved, something waits, then what sync says.
 * @param service null where no usable service is open: then there is nothing to say.
 * @param justSaved whether a save ended within the last two seconds.
 */
export function statusLine(
  service: ServiceView | null,
  justSaved: boolean,
  text: FirstMessages,
): StatusLine {
  if (!service) return NOTHING;
  const { sync } = service;
  const { waiting } = sync;
  const detail = detailOf(service, text);
  const isUnderWay = sync.problem === 'none' && sync.state !== 'offline';
  const line = { waiting, detail, isUnderWay, remedy: remedyOf(sync) };
  if (justSaved) return { ...line, state: 'saved', phrase: text.status.saved() };
  if (waiting > 0) {
    return { ...line, state: 'waiting', phrase: text.status.waiting({ count: waiting }) };
  }
  return { ...line, state: sync.state, phrase: phraseOf(sync, text) };
}

const NOTHING: StatusLine = {
  state: 'local',
  waiting: 0,
  phrase: '',
  detail: '',
  isUnderWay: false,
  remedy: null,
};

function remedyOf({ problem, waiting }: SyncView): StatusLine['remedy'] {
  if (problem === 'session-expired') return 'sign-in';
  if (problem === 'refused' && waiting === 0) return 'look';
  // Asking again changes nothing where all is well, nor where there is nothing to ask.
  const canTry = problem !== 'no-service' && (problem !== 'none' || waiting > 0);
  return canTry ? 'try' : null;
}

function phraseOf({ state, waiting, problem }: SyncView, text: FirstMessages): string {
  switch (state) {
    case 'waiting':
      return text.status.waiting({ count: waiting });
    case 'offline':
      return text.status.offline();
    case 'synced':
      return text.status.synced();
    case 'local':
      return text.status.local();
    case 'error':
      return {
        'server-error': text.status.serverError,
        'not-understood': text.status.notUnderstood,
        'no-service': text.status.noService,
        refused: text.status.refused,
        'session-expired': text.status.sessionEnded,
        'no-network': text.status.unclear,
        none: text.status.unclear,
      }[problem]();
  }
}

/** What the state of the sync means for the person's choices; empty when there is nothing to explain. */
export function detailOf({ sync }: Pick<ServiceView, 'sync'>, text: FirstMessages): string {
  switch (sync.problem) {
    case 'no-network':
      return text.status.detailNoNetwork();
    case 'server-error':
      return text.status.detailServerError();
    case 'not-understood':
      return text.status.detailNotUnderstood();
    case 'no-service':
      return text.status.detailNoService();
    case 'refused':
      return text.status.detailRefused();
    case 'session-expired':
      return text.status.detailSessionEnded();
    case 'none':
      if (sync.state === 'offline') return text.status.detailNoNetwork();
      return sync.waiting > 0 ? text.status.detailUnderWay() : '';
  }
}
