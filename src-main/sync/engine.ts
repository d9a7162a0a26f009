import type { SyncView } from '../../src-shared/views.js';
import type { ApiClient } from '../api/index.js';
import type { Proofs } from '../ledger/index.js';
import type { Policies } from '../policy/index.js';
import type { Sessions } from '../session/index.js';
import type { Store } from '../store/index.js';
import { nextRunDelayMs } from './backoff.js';
import { NOT_UNDERSTOOD, NOT_WANTED, stepOutcomeOf, type StepOutcome } from './outcome.js';
import { pull } from './pull.js';
import { createPreparation } from './preparation.js';
import { push } from './push.js';
import { createRunner } from './runner.js';
import { sendHandles } from './send-handles.js';

/** What keeps one service in step with its server. */
export interface SyncEngine {
  /** Something happened that makes a run worthwhile: a decision, start, focus, resume, a sign-in, a network hint. */
  wake(): void;
  view(): SyncView;
  stop(): Promise<void>;
}

/** What every engine needs; the same for all services. */
export interface EngineParts {
  readonly store: Store;
  readonly api: ApiClient;
  readonly sessions: Pick<Sessions, 'access' | 'view' | 'learnEmail' | 'rejected' | 'signerOf'>;
  readonly proofs: Proofs;
  readonly policies: Policies;
  /** Whether the ledger of a service is not believed: then nothing of it goes out, and nothing comes in. */
  readonly isSuspect: (service: string) => boolean;
  /** Told of a time that a server has signed; fresh: signed for something that was just sent for the first time. */
  readonly onProvenTime: (serverMs: number, fresh: boolean) => void;
  /** Told when the server has something else at a place of this device's chain. */
  readonly onFork: (service: string) => void;
  /** A clock that only goes forward, milliseconds. */
  readonly sinceBootMs: () => number;
  /** Calls `run` once after `delayMs`, unless the answer was called before. */
  readonly startTimer: (run: () => void, delayMs: number) => () => void;
  /** From 0 up to, but not including, 1. */
  readonly random: () => number;
  readonly isInFront: () => boolean;
  /** Told after what the window shows of the service may have changed. */
  readonly onChange: (service: string) => void;
}

export function createSyncEngine(parts: EngineParts, service: string): SyncEngine {
  const { store, api, sessions } = parts;
  let problem: SyncView['problem'] = 'none';
  let everSynced = false;
  let failures = 0;
  let stopTimer: () => void = () => undefined;
  const preparation = createPreparation(parts, service);

  const steps = async (): Promise<StepOutcome> => {
    const ended = await sendHandles(parts, service);
    const access = sessions.access(service);
    if (!access || parts.isSuspect(service)) {
      everSynced = false;
      return ended;
    }
    // A handle may belong to an address that is gone for good; what this session has to say does not wait for it.
    const wanted = {
      ...parts,
      signerOf: (id: string) => sessions.signerOf(id),
      stillWanted: () => sessions.access(service)?.token === access.token,
      onNews: () => {
        parts.onChange(service);
      },
    };
    if (!access.emailKnown) {
      const known = await api.session(access.baseAddress, access.token);
      if (!wanted.stillWanted()) return NOT_WANTED;
      if (!known.ok) return stepOutcomeOf(known.error);
      sessions.learnEmail(service, known.value.account.email);
    }
    const prepared = await preparation.run(wanted, access.baseAddress);
    if (prepared.kind !== 'done') return prepared;
    const pushed = await push(wanted, service, access);
    return pushed.kind === 'done' ? pull(wanted, service, access) : pushed;
  };

  const conclude = async (outcome: StepOutcome): Promise<number | null> => {
    if (outcome.kind === 'rejected') {
      await sessions.rejected(service, outcome.reason);
      problem = 'none';
      return null;
    }
    if (outcome.kind === 'failed') {
      // What was not understood may have been signed with a key that is newer than those at hand.
      if (outcome === NOT_UNDERSTOOD) preparation.forgetKeys();
      failures += 1;
      problem = outcome.problem;
      return outcome.retryAfterMs;
    }
    failures = 0;
    problem = 'none';
    if (outcome.kind === 'done') everSynced = sessions.access(service) !== null;
    return null;
  };

  const waitingNow = (): number => {
    const session = store.sessions.get(service);
    if (!session || session.state === 'signing-out') return 0;
    return store.outbox.countWaiting(service, session.accountId);
  };

  const runner = createRunner(async () => {
    stopTimer();
    const retryAfterMs = await conclude(await steps());
    parts.onChange(service);
    const handlesWait = store.revokeHandles.toSend(service).length > 0;
    const signedIn = sessions.access(service) !== null;
    // Signed out with nothing to send there is nothing to look for, so the service is left alone; and an address that
    // takes no sync is asked again only when something new happens.
    if ((!signedIn && !handlesWait) || problem === 'no-service') return;
    const delayMs = nextRunDelayMs({
      failures,
      somethingWaits: handlesWait || waitingNow() > 0,
      inFront: parts.isInFront(),
      retryAfterMs,
      random: parts.random(),
    });
    stopTimer = parts.startTimer(() => {
      runner.run();
    }, delayMs);
  });

  return {
    wake: () => {
      runner.run();
    },
    view() {
      const subject = sessions.view(service);
      if (subject.kind === 'signed-out') return { state: 'local', waiting: 0, problem: 'none' };
      const waiting = waitingNow();
      const refused = store.outbox.countRefused(
        service,
        store.sessions.get(service)?.accountId ?? '',
      );
      const said: SyncView['problem'] =
        subject.kind === 'expired'
          ? 'session-expired'
          : problem === 'none' && refused > 0
            ? 'refused'
            : problem;
      return { state: stateOf(said, waiting, everSynced), waiting, problem: said };
    },
    async stop() {
      stopTimer();
      await runner.stop();
      stopTimer();
    },
  };
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
