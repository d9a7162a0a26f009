import { onlyDenies } from '../../src-shared/consent/decision.js';
import type { SyncItem, SyncView } from '../../src-shared/views.js';
import type { Sessions } from '../session/index.js';
import type { OutboxItem, Store } from '../store/index.js';
import type { TurnedAway } from './push-without-token.js';

/** Most items that a person is shown at once. */
const SHOWN_ITEMS = 100;

/** What a run found last, and what is under way. */
export interface RunState {
  readonly problem: SyncView['problem'];
  readonly everSynced: boolean;
  readonly sending: ReadonlySet<string>;
  readonly turnedAway: TurnedAway;
}

export const NO_RUN_YET: RunState = {
  problem: 'none',
  everSynced: false,
  sending: new Set(),
  turnedAway: new Set(),
};

interface Parts {
  readonly store: Pick<Store, 'sessions'> & {
    readonly outbox: Pick<Store['outbox'], 'countWaiting' | 'countRefused'>;
  };
  readonly sessions: Pick<Sessions, 'view'>;
}

/** Who would speak: a pause that was asked of somebody signed out, or not unlocked yet, is nobody else's. */
export function speakerOf(
  {
    store,
    sessions,
  }: { readonly store: Parts['store']; readonly sessions: Pick<Sessions, 'access'> },
  service: string,
): string {
  const openness = sessions.access(service) === null ? 'locked' : 'open';
  return `${store.sessions.get(service)?.sessionId ?? ''} ${openness}`;
}

/** How many decisions of whoever is signed in wait. */
export function waitingNow({ store }: Pick<Parts, 'store'>, service: string): number {
  const session = store.sessions.get(service);
  if (!session || session.state === 'signing-out') return 0;
  return store.outbox.countWaiting(service, session.accountId);
}

/** What the status line speaks of. */
export function syncViewOf(parts: Parts, service: string, run: RunState): SyncView {
  const { store, sessions } = parts;
  const subject = sessions.view(service);
  if (subject.kind === 'signed-out') return { state: 'local', waiting: 0, problem: 'none' };
  const waiting = waitingNow(parts, service);
  const accountId = store.sessions.get(service)?.accountId ?? '';
  const isRefused = run.problem === 'none' && store.outbox.countRefused(service, accountId) > 0;
  const said = subject.kind === 'expired' ? 'session-expired' : isRefused ? 'refused' : run.problem;
  return { state: stateOf(said, waiting, run.everSynced), waiting, problem: said };
}

/** Whether {@link syncViewOf} would name the network as the problem: neither a session that ran out nor a refusal hides that. */
export function isAway(
  { sessions }: Pick<Parts, 'sessions'>,
  service: string,
  { problem }: Pick<RunState, 'problem'>,
): boolean {
  const { kind } = sessions.view(service);
  return kind !== 'signed-out' && kind !== 'expired' && problem === 'no-network';
}

function stateOf(
  problem: SyncView['problem'],
  waiting: number,
  everSynced: boolean,
): SyncView['state'] {
  if (waiting > 0) return 'waiting';
  if (problem === 'no-network') return 'offline';
  if (problem !== 'none') return 'error';
  return everSynced ? 'synced' : 'offline';
}

/** What waits and what was refused, one by one, oldest first; the counts are of all. */
export function syncItemsOf(
  { store }: { readonly store: Pick<Store, 'sessions' | 'outbox'> },
  service: string,
  run: RunState,
): {
  readonly items: readonly SyncItem[];
  readonly counts: { readonly waiting: number; readonly refused: number };
} {
  const session = store.sessions.get(service);
  if (!session || session.state === 'signing-out') {
    return { items: [], counts: { waiting: 0, refused: 0 } };
  }
  const { accountId } = session;
  const isExpired = session.state === 'expired';
  const items = store.outbox
    .items(service, accountId, SHOWN_ITEMS)
    .map((item) => itemOf(item, isExpired, run));
  const waiting = store.outbox.countWaiting(service, accountId);
  return { items, counts: { waiting, refused: store.outbox.countRefused(service, accountId) } };
}

function itemOf(item: OutboxItem, isExpired: boolean, run: RunState): SyncItem {
  const { id, choices, problem } = item;
  const travels = onlyDenies({ choices: { ...choices } }) && !run.turnedAway.has(id);
  return {
    id,
    at: new Date(item.atMs).toISOString(),
    state: item.state === 'waiting' && run.sending.has(id) ? 'sending' : item.state,
    choices,
    refusal:
      item.state === 'refused'
        ? { type: problem?.type ?? 'internal', detail: problem?.detail ?? null }
        : null,
    needsSignIn: item.state === 'waiting' && isExpired && !travels,
  };
}
