import type { SyncDetailView, SyncView } from '../../src-shared/views.js';
import type { ServerEvent, StreamEnd } from '../api/index.js';
import type { Sessions } from '../session/index.js';
import { nextRunDelayMs } from './backoff.js';
import { createBatchSize } from './batch-size.js';
import { createLive } from './live.js';
import { NOT_UNDERSTOOD, type StepOutcome } from './outcome.js';
import { createPreparation } from './preparation.js';
import { createRunner } from './runner.js';
import { createSchedule } from './schedule.js';
import { syncItemsOf, syncViewOf, waitingNow, type RunState } from './standing.js';
import { runSteps, type Ran, type StepMemory, type StepParts } from './steps.js';
import { createTries } from './tries.js';

/** What keeps one service in step with its server. */
export interface SyncEngine {
  /** Something happened that makes a run worthwhile: a decision, start, focus, resume, a sign-in, a network hint. */
  wake(): void;
  /** The person wants it now, whatever the server asked for. */
  tryNow(): void;
  view(): SyncView;
  detail(): SyncDetailView;
  stop(): Promise<void>;
}

/** What every engine needs; the same for all services. */
export interface EngineParts extends Omit<
  StepParts,
  'sessions' | 'preparation' | 'batchSize' | 'onSending' | 'onNews'
> {
  readonly sessions: StepParts['sessions'] & Pick<Sessions, 'view'>;
  /** Where a service is reached; null when there is no usable profile under that id. */
  readonly baseAddressOf: (service: string) => string | null;
  /** The wall clock, milliseconds since 1970. */
  readonly nowMs: () => number;
  /** A clock that only goes forward, milliseconds. */
  readonly sinceBootMs: () => number;
  /** Calls `run` once after `delayMs`, unless the answer was called before. */
  readonly startTimer: (run: () => void, delayMs: number) => () => void;
  /** The same, for the timer that ends a stream which has fallen silent. */
  readonly startSilenceTimer: (run: () => void, delayMs: number) => () => void;
  /** From 0 up to, but not including, 1. */
  readonly random: () => number;
  readonly isInFront: () => boolean;
  /** Told after what the window shows of the service may have changed. */
  readonly onChange: (service: string) => void;
  /** Told after something happened that only {@link SyncEngine.detail} shows. */
  readonly onDetail: (service: string) => void;
  /** Told what went wrong in a way that nobody foresaw. */
  readonly onUnexpected: (service: string, error: unknown) => void;
}

export function createSyncEngine(parts: EngineParts, service: string): SyncEngine {
  const { store, sessions } = parts;
  let run: RunState = {
    problem: 'none',
    everSynced: false,
    sending: new Set(),
    turnedAway: new Set(),
  };
  let failures = 0;
  /** The newest place that the service has told of, until a run has looked. */
  let heard: string | null = null;
  let isRunning = false;
  /** Whether this run was begun because the one before had put something back. */
  let wentOn = false;
  const memory: StepMemory = { reading: null, turnedAway: new Set() };
  const tries = createTries();
  const batchSize = createBatchSize();
  const preparation = createPreparation(parts, service);
  const schedule = createSchedule(parts, () => {
    runner.run();
  });
  const stepParts: StepParts = {
    ...parts,
    preparation,
    batchSize,
    onNews: () => {
      parts.onChange(service);
    },
    onSending: (ids) => {
      if (ids.length === 0 && run.sending.size === 0) return;
      run = { ...run, sending: new Set(ids) };
      parts.onDetail(service);
    },
  };

  const cursor = (): string => store.sessions.get(service)?.pullCursor ?? '';
  /** Who would speak: a pause that was asked of somebody signed out, or not unlocked yet, is nobody else's. */
  const whose = (): string =>
    `${store.sessions.get(service)?.sessionId ?? ''} ${sessions.access(service) === null ? 'locked' : 'open'}`;

  const onEvent = (event: ServerEvent): void => {
    if (!store.isOpen()) return;
    if (event.name === 'decisions') {
      // What this device has just sent comes back as news to everybody; it was pulled by then.
      if (event.data.cursor === cursor()) return;
      heard = event.data.cursor;
      // A run that is under way looks at the end whether it has got that far.
      if (isRunning) return;
    }
    if (event.name === 'policy' && !preparation.heardOf(event.data.version)) return;
    // That a session has ended is never believed by the word of a stream: the run asks.
    schedule.wake(whose());
  };
  const onEnd = (end: StreamEnd): void => {
    if (!store.isOpen()) return;
    parts.onDetail(service);
    // A refused token is asked about; a stream that broke may mean that the network has gone.
    const delayMs = live.reopenInMs();
    if (end.kind === 'problem') schedule.wake(whose());
    // An address that takes no sync is not asked again because its stream has ended.
    else if (end.kind !== 'no-service' && run.problem !== 'no-service' && delayMs !== null) {
      schedule.within(delayMs);
    }
  };
  const live = createLive({
    ...parts,
    startTimer: parts.startSilenceTimer,
    onEvent,
    onLive: () => {
      parts.onDetail(service);
    },
    onEnd,
  });

  const conclude = async ({ outcome, hasAsked }: Ran): Promise<number | null> => {
    const problem = problemOf(outcome);
    if (hasAsked && problem !== null) tries.note(parts.nowMs(), problem);
    if (outcome.kind === 'rejected') {
      await sessions.rejected(service, outcome.reason);
      run = { ...run, problem: 'none' };
      return null;
    }
    if (outcome.kind === 'failed') {
      // What was not understood may have been signed with a key that is newer than those at hand.
      if (outcome === NOT_UNDERSTOOD) preparation.forgetKeys();
      failures += 1;
      run = { ...run, problem: outcome.problem };
      return outcome.retryAfterMs;
    }
    failures = 0;
    const isSynced = outcome.kind === 'done' && sessions.access(service) !== null;
    run = { ...run, problem: 'none', everSynced: isSynced };
    return null;
  };

  /** Listens while somebody is signed in and the service answers; what it told during the run is looked at once more. */
  const listen = (): boolean => {
    const access = sessions.access(service);
    if (!access || parts.isSuspect(service)) live.close();
    else if (failures === 0) live.follow(access, cursor());
    const isBehind = access !== null && failures === 0 && heard !== null && heard !== cursor();
    heard = null;
    return isBehind;
  };

  const isWorthARun = (): boolean => {
    // An address that takes no sync is asked again only when something new happens.
    if (run.problem === 'no-service') return false;
    const unsaid = store.parting.count(service) > 0 && !parts.isSuspect(service);
    if (unsaid || store.revokeHandles.toSend(service).length > 0) return true;
    // Signed out with nothing to send there is nothing to look for; nor for grants alone that wait for a sign-in.
    return sessions.access(service) !== null || (failures > 0 && waitingNow(parts, service) > 0);
  };

  const work = async (): Promise<void> => {
    schedule.begun();
    isRunning = true;
    heard = null;
    let retryAfterMs: number | null = null;
    let goesOn = false;
    try {
      const ran = await runSteps(stepParts, service, memory);
      if (!store.isOpen()) return;
      run = { ...run, turnedAway: new Set(memory.turnedAway) };
      retryAfterMs = await conclude(ran);
      // Once: what a service takes and never shows is not sent to it for ever.
      goesOn = listen() || (ran.goesOn && !wentOn);
      wentOn = ran.goesOn && !wentOn;
    } catch (error) {
      if (!store.isOpen()) return;
      // The next run may find what this one stumbled over gone; without it nothing would ever be sent again.
      parts.onUnexpected(service, error);
      failures += 1;
      run = { ...run, problem: 'server-error' };
    } finally {
      isRunning = false;
    }
    if (!store.isOpen()) return;
    parts.onChange(service);
    if (goesOn) runner.run();
    else if (isWorthARun()) {
      const delayMs = nextRunDelayMs({
        failures,
        somethingWaits: waitingNow(parts, service) > 0 || store.parting.count(service) > 0,
        inFront: parts.isInFront(),
        isLive: live.isLive(),
        retryAfterMs,
        random: parts.random(),
      });
      schedule.next(delayMs, retryAfterMs === null ? null : whose());
      const reopenMs = live.reopenInMs();
      if (failures === 0 && reopenMs !== null) schedule.within(reopenMs);
    } else schedule.stop();
    parts.onDetail(service);
  };
  const runner = createRunner(work);

  return {
    wake: () => {
      if (store.isOpen()) schedule.wake(whose());
    },
    tryNow: () => {
      runner.run();
    },
    view: () => syncViewOf(parts, service, run),
    detail: () => ({
      service,
      sync: syncViewOf(parts, service, run),
      address: store.sessions.get(service)?.baseAddress ?? parts.baseAddressOf(service),
      live: live.isLive(),
      lastReachedAt: tries.lastReachedAt(),
      nextTryAt: schedule.nextAt(),
      tries: tries.list(),
      ...syncItemsOf(parts, service, run),
      parting: store.parting.count(service),
    }),
    async stop() {
      schedule.stop();
      live.close();
      await runner.stop();
      schedule.stop();
      live.close();
    },
  };
}

/** What a try is remembered by; null where nothing came of it for a reason of our own. */
function problemOf(outcome: StepOutcome): SyncView['problem'] | null {
  switch (outcome.kind) {
    case 'done':
      return 'none';
    case 'rejected':
      return 'session-expired';
    case 'failed':
      return outcome.problem;
    case 'not-wanted':
      return null;
  }
}
