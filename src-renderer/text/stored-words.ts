import type {
  DeviceFailure,
  Ending,
  OwnThing,
  StoredPlace,
  StoredView,
} from '../../src-shared/device-view.js';
import type { IpcFailure } from '../../src-shared/failures.js';
import type { DeviceMessages } from '../../src-shared/text/index.js';
import type { Messages } from '../../src-shared/text/index.js';
import type { MomentWords } from '../../src-shared/text/moments.js';

type Text = DeviceMessages;

/** What something is called: Sayso's own things by what they are for, everything else by its own name. */
export function storedName({ declared, name, place }: StoredView, text: Text): string {
  if (declared?.by === 'sayso') return place === 'tool' ? name : ownWords(declared.thing, text);
  return place === 'database' && declared ? declared.name : name;
}

/** What stands under the name: where it lies, the host, and the technical name where the name above is another. */
export function storedWhere(thing: StoredView, text: Text, separator: string): string {
  const technical = storedName(thing, text) === thing.name ? '' : thing.name;
  return [placeWords(thing.place, text), thing.host, technical].filter(Boolean).join(separator);
}

/** Since when it is there. */
export function sinceWords(
  { since }: StoredView,
  text: Text,
  moments: MomentWords,
  nowMs: number,
): string {
  return since === null ? text.sinceUnknown() : text.since({ when: moments.recent(since, nowMs) });
}

/** When it goes by itself, or what makes it go. */
export function untilWords(
  { until, ending }: StoredView,
  text: Text,
  moments: MomentWords,
  nowMs: number,
): string {
  if (until !== null) return text.until({ when: moments.recent(until, nowMs) });
  const words: Readonly<Record<Ending, () => string>> = {
    'with-window': text.endsWindow,
    'with-app': text.endsApp,
    'with-consent': text.endsConsent,
    'with-sign-out': text.endsSignOut,
    'when-forgotten': text.endsForgotten,
    'with-sayso': text.endsSayso,
  };
  return words[ending]();
}

/** Why something was not deleted, what that means, what to do. */
export function deviceFailureWords(
  failure: DeviceFailure | IpcFailure,
  text: Text,
  { failure: other }: Messages,
): string {
  switch (failure.code) {
    case 'unknown-service':
      return other.unknownService();
    case 'not-there':
      return text.notThere();
    case 'not-deleted':
      return text.notDeleted();
    case 'not-saved':
      return {
        full: text.notSavedFull,
        'read-only': text.notSavedReadOnly,
        busy: text.notSavedBusy,
        broken: text.notSavedBroken,
      }[failure.cause]();
    case 'not-allowed':
    case 'malformed':
    case 'unexpected':
      return other.unexpected();
  }
}

function placeWords(place: StoredPlace, text: Text): string {
  const words: Readonly<Record<StoredPlace, () => string>> = {
    cookie: text.placeCookie,
    'local-storage': text.placeLocal,
    'session-storage': text.placeSession,
    'indexed-db': text.placeIndexed,
    'cache-storage': text.placeCache,
    'service-worker': text.placeWorker,
    tool: text.placeTool,
    database: text.placeDatabase,
    keychain: text.placeKeychain,
    file: text.placeFile,
  };
  return words[place]();
}

function ownWords(thing: OwnThing, text: Text): string {
  const words: Readonly<Record<OwnThing, () => string>> = {
    choices: text.thingChoices,
    proofs: text.thingProofs,
    unsent: text.thingUnsent,
    account: text.thingAccount,
    policies: text.thingPolicies,
    'gate-counts': text.thingCounts,
    batches: text.thingBatches,
    notes: text.thingNotes,
    'tool-data': text.thingTool,
    token: text.thingToken,
    vault: text.thingVault,
    device: text.thingDevice,
    anchor: text.thingAnchor,
    database: text.thingDatabase,
    profile: text.thingProfile,
    place: text.thingPlace,
    'set-aside': text.thingSetAside,
    window: text.thingWindow,
    crashes: text.thingCrashes,
    running: text.thingRunning,
  };
  return words[thing]();
}
