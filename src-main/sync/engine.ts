import { nextRunDelayMs } from './backoff.js';
import { createBatchSize } from './batch-size.js';
import type { EngineParts, SyncEngine } from './engine-parts.js';
import { createListening } from './listening.js';
import { NOT_UNDERSTOOD, problemOf } from './outcome.js';
import { createPreparation } from './preparation.js';
import { createRunner } from './runner.js';
import { createSchedule } from './schedule.js';
import { isAway, NO_RUN_YET, speakerOf, syncItemsOf, syncViewOf, waitingNow } from './standing.js';
import { runSteps, type Ran, type StepMemory, type StepParts } from './steps.js';
import { createTellingSeldom } from './telling-seldom.js';
import { createTries } from './tries.js';
import { isWorthARun } from './worth-a-run.js';

export function createSyncEngine(parts: EngineParts, service: string): SyncEngine {
  const { store, sessions } = parts;
  let run = NO_RUN_YET;
  let failures = 0;
  /** Whether this run was begun because the one before had put something back. */
  let wentOn = false;
  const memory: StepMemory = { reading: null, turnedAway: new Set() };
  const tries = createTries();
  const batchSize = createBatchSize();
  const preparation = createPreparation(parts, service);
  const schedule = createSchedule(parts, () => {
    runner.run();
  });
  const telling = createTellingSeldom(parts, () => {
    if (store.isOpen()) parts.onDetail(service);
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
      const goesOn = ids.length > 0 && run.sending.size > 0;
      run = { ...run, sending: new Set(ids) };
      if (goesOn) telling.soon();
      else telling.now();
    },
  };

  const whose = (): string => speakerOf(parts, service);
  const wake = (): void => {
    if (store.isOpen()) schedule.wake(whose());
  };

  const listening = createListening(
    {
      ...parts,
      startTimer: parts.startSilenceTimer,
      preparation,
      wake,
      within: (delayMs) => {
        schedule.within(delayMs);
      },
      hasNoService: () => run.problem === 'no-service',
      onChange: () => {
        parts.onDetail(service);
      },
    },
    service,
  );

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

  const work = async (): Promise<void> => {
    schedule.begun();
    listening.begun();
    let retryAfterMs: number | null = null;
    let goesOn = false;
    try {
      const ran = await runSteps(stepParts, service, memory);
      if (!store.isOpen()) return;
      run = { ...run, turnedAway: new Set(memory.turnedAway) };
      retryAfterMs = await conclude(ran);
      const access = parts.isSuspect(service) ? null : sessions.access(service);
      const isBehind = listening.follow(access, failures === 0);
      // Once: what a service takes and never shows is not sent to it for ever.
      goesOn = isBehind || (ran.goesOn && !wentOn);
      wentOn = ran.goesOn && !wentOn;
    } catch (error) {
      if (!store.isOpen()) return;
      // The next run may find what this one stumbled over gone; without it nothing would ever be sent again.
      parts.onUnexpected(service, error);
      failures += 1;
      run = { ...run, problem: 'server-error' };
    } finally {
      listening.ended();
    }
    if (!store.isOpen()) return;
    parts.onChange(service);
    if (goesOn) runner.run();
    else if (isWorthARun(parts, service, run.problem, failures)) {
      const delayMs = nextRunDelayMs({
        failures,
        somethingWaits: waitingNow(parts, service) > 0 || store.parting.count(service) > 0,
        inFront: parts.isInFront(),
        isLive: listening.isLive(),
        retryAfterMs,
        random: parts.random(),
      });
      schedule.next(delayMs, retryAfterMs === null ? null : whose());
      const reopenMs = listening.reopenInMs();
      if (failures === 0 && reopenMs !== null) schedule.within(reopenMs);
    } else schedule.stop();
    parts.onDetail(service);
  };
  const runner = createRunner(work);

  return {
    wake,
    tryNow: () => {
      runner.run();
    },
    view: () => syncViewOf(parts, service, run),
    isAway: () => isAway(parts, service, run),
    detail: () => ({
      service,
      sync: syncViewOf(parts, service, run),
      address: store.sessions.get(service)?.baseAddress ?? parts.baseAddressOf(service),
      live: listening.isLive(),
      lastReachedAt: tries.lastReachedAt(),
      nextTryAt: schedule.nextAt(),
      tries: tries.list(),
      ...syncItemsOf(parts, service, run),
      parting: store.parting.count(service),
    }),
    async stop() {
      schedule.stop();
      listening.close();
      await runner.stop();
      schedule.stop();
      listening.close();
    },
  };
}
