import type { ApiClient } from '../api/index.js';
import type { Policies } from '../policy/index.js';
import type { SessionAccess, Sessions } from '../session/index.js';
import type { Store } from '../store/index.js';
import type { BatchSize } from './batch-size.js';
import { DONE, NOT_SAVED, NOT_WANTED, stepOutcomeOf, type StepOutcome } from './outcome.js';
import type { Preparation } from './preparation.js';
import { pull } from './pull.js';
import { push, type PushParts } from './push.js';
import { DISPLACED } from './settle-batch.js';
import { pushWithoutToken, sendableWithoutToken, type TurnedAway } from './push-without-token.js';
import { readFromStart, type ReadingMemory } from './reading.js';
import { sendHandles } from './send-handles.js';
import { sendParting } from './send-parting.js';

/** What a run is made of. */
export interface StepParts extends Omit<PushParts, 'signerOf' | 'stillWanted'> {
  readonly store: Store;
  readonly api: ApiClient;
  readonly sessions: Pick<
    Sessions,
    'access' | 'learnEmail' | 'rejected' | 'signerOf' | 'withoutToken'
  >;
  readonly policies: Policies;
  readonly preparation: Preparation;
  readonly batchSize: BatchSize;
  /** Whether the ledger of a service is not believed: then nothing of it goes out, and nothing comes in. */
  readonly isSuspect: (service: string) => boolean;
  readonly onNews: () => void;
}

/** What is remembered from run to run. */
export interface StepMemory extends ReadingMemory {
  /** What the service did not take without a token. */
  readonly turnedAway: TurnedAway;
}

/** What a run came to. */
export interface Ran {
  readonly outcome: StepOutcome;
  /** Whether the service was asked anything. */
  readonly hasAsked: boolean;
  /** Whether there is something to send already again. */
  readonly goesOn: boolean;
}

/**
 * One run: what signed-out accounts still have to say, and the end of their sessions; then for who is signed in keys,
 * policies, what waits, and what others decided. For an account whose session ran out only its refusals travel.
 */
export async function runSteps(
  parts: StepParts,
  service: string,
  memory: StepMemory,
): Promise<Ran> {
  const { store, sessions } = parts;
  const partingWaits = store.parting.count(service) > 0 && !parts.isSuspect(service);
  const handlesWait = store.revokeHandles.toSend(service).length > 0;
  const ran = (outcome: StepOutcome, hasAsked: boolean, goesOn = false): Ran => ({
    outcome,
    hasAsked: hasAsked || partingWaits || handlesWait,
    goesOn,
  });
  const parted = partingWaits ? await partingStep(parts, service) : DONE;
  const ended = await sendHandles(parts, service);
  const left = parted.kind === 'done' ? ended : parted;
  if (!store.isOpen()) return ran(NOT_WANTED, false);
  if (parts.isSuspect(service)) return ran(left, false);
  const access = sessions.access(service);
  if (!access) {
    const refusals = await refusalStep(parts, service, memory);
    return ran(refusals?.kind === 'failed' ? refusals : left, refusals !== null);
  }
  memory.turnedAway.clear();
  // A handle may belong to an address that is gone for good; what this session has to say does not wait for it.
  const { outcome, goesOn } = await accountSteps(parts, service, access, memory);
  return ran(outcome, true, goesOn);
}

async function partingStep(parts: StepParts, service: string): Promise<StepOutcome> {
  const [first] = parts.store.parting.oldest(service, 1);
  if (!first) return DONE;
  const stillWanted = (): boolean => parts.store.isOpen();
  const keys = await parts.preparation.keys({ stillWanted }, first.baseAddress);
  return keys.kind === 'done' ? sendParting(parts, service) : keys;
}

/** Null where nothing had to be asked. */
async function refusalStep(
  parts: StepParts,
  service: string,
  { turnedAway }: StepMemory,
): Promise<StepOutcome | null> {
  const { store, sessions } = parts;
  const speaker = sessions.withoutToken(service);
  if (!speaker || store.outbox.countWaiting(service, speaker.accountId) === 0) return null;
  const wanted = {
    ...parts,
    signerOf: (id: string) => sessions.signerOf(id),
    stillWanted: () => sessions.withoutToken(service)?.accountId === speaker.accountId,
  };
  const sendable = sendableWithoutToken(wanted, service, speaker.accountId, turnedAway);
  if (!sendable) return NOT_SAVED;
  if (sendable.length === 0) return null;
  const keys = await parts.preparation.keys(wanted, speaker.baseAddress);
  if (keys.kind !== 'done') return keys;
  return pushWithoutToken(wanted, service, speaker, sendable, turnedAway);
}

async function accountSteps(
  parts: StepParts,
  service: string,
  access: SessionAccess,
  memory: StepMemory,
): Promise<{ readonly outcome: StepOutcome; readonly goesOn: boolean }> {
  const { sessions, api, preparation } = parts;
  const ends = (outcome: StepOutcome) => ({ outcome, goesOn: false });
  const wanted = {
    ...parts,
    signerOf: (id: string) => sessions.signerOf(id),
    stillWanted: () => sessions.access(service)?.token === access.token,
  };
  if (!access.emailKnown) {
    const known = await api.session(access.baseAddress, access.token);
    if (!wanted.stillWanted()) return ends(NOT_WANTED);
    if (!known.ok) return ends(stepOutcomeOf(known.error));
    sessions.learnEmail(service, known.value.account.email);
  }
  const keys = await preparation.keys(wanted, access.baseAddress);
  if (keys.kind !== 'done') return ends(keys);
  const policies = await preparation.policies(wanted, access.baseAddress);
  if (policies.kind !== 'done') return ends(policies);
  let pushed = await push(wanted, service, access, false);
  if (pushed.kind === DISPLACED.kind) {
    // Two of one number, or a service that was put back from a copy? Its whole account tells.
    readFromStart(memory, access.accountId);
    const read = await pull(wanted, service, access, memory);
    if (read.outcome.kind !== 'done') return ends(read.outcome);
    pushed = await push(wanted, service, access, true);
  }
  if (pushed.kind === DISPLACED.kind) return ends(DONE);
  if (pushed.kind !== 'done') return ends(pushed);
  const { outcome, putBack } = await pull(wanted, service, access, memory);
  return { outcome, goesOn: outcome.kind === 'done' && putBack > 0 };
}
