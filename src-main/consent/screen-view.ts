import type { ArrivalView } from '../../src-shared/arrival-view.js';
import { bannerShows } from '../../src-shared/consent/asking.js';
import { kindOf } from '../../src-shared/consent/purpose-kind.js';
import type { PurposeView } from '../../src-shared/views.js';
import type { AskedAgain } from '../policy/index.js';
import { arrivalView } from './arrival.js';
import { purposeViewOf } from './purpose-view.js';
import { readState } from './read-state.js';
import type { Readings } from './readings.js';
import type { RunMemory } from './run-memory.js';
import type { Scene } from './scene.js';
import type { Screens } from './screens.js';

/** What a window shows of a service's choices. */
export interface ConsentScreen {
  readonly revision: number;
  readonly purposes: readonly PurposeView[];
  readonly bannerShows: boolean;
  /** Whether the opt-out signal is on. */
  readonly signal: boolean;
  readonly askAboutDeviceChoices: boolean;
  /** What is to be said of the account's choices since the sign-in. */
  readonly arrival: ArrivalView | null;
  /** The purposes that are to be asked about again, each with the version it was last decided under. */
  readonly askedAgain: readonly AskedAgain[];
}

interface Parts {
  readonly screens: Pick<Screens, 'show'>;
  readonly run: Pick<RunMemory, 'of'>;
  readonly readings: Readings;
  readonly trustedNowMs: () => number;
  readonly isSuspect: (service: string) => boolean;
}

/** The choices of a service as they stand, and whether to ask. */
export function screenOf(parts: Parts, scene: Scene): ConsentScreen {
  const { screens, run, readings, trustedNowMs, isSuspect } = parts;
  const { manifest, optional, asked, policy, subject } = scene;
  const service = manifest.id;
  const { revision } = screens.show(service, subject, policy.shown, optional);
  const { store } = readings.readsOf(service);
  const neverHere = store.meta.neverHere(service);
  const read = readState(readings.readsOf(service), subject, optional);
  const askAboutDeviceChoices = readings.asksAboutDevice(scene);
  const asks = bannerShows({
    kind: manifest.banner,
    optional: read.filter(({ purpose }) => asked.includes(purpose)),
    acknowledged: readings.isAcknowledged(scene),
    ...run.of(service),
    trustedNowMs: trustedNowMs(),
  });
  // What the account has already answered is not known before its first pull, and two questions at once are one too many.
  const mayAsk = (subject.session?.pulled ?? true) && !askAboutDeviceChoices;
  return {
    revision,
    purposes: manifest.purposes.map((one) =>
      purposeViewOf(
        one.id,
        kindOf(one),
        read.find(({ purpose }) => purpose === one.id),
        neverHere.includes(one.id),
      ),
    ),
    bannerShows: asks && mayAsk && !isSuspect(service),
    signal: store.meta.optOutSignal(service),
    askAboutDeviceChoices,
    arrival: arrivalView(readings, scene),
    askedAgain: read.flatMap(({ purpose, state, by }) =>
      state === 'ask-again' && by ? [{ purpose, policyVersion: by.policyVersion }] : [],
    ),
  };
}
