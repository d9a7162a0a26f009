import type { ArrivalView } from '../../src-shared/arrival-view.js';
import { readPurpose } from '../../src-shared/consent/effective-state.js';
import type { ConsentFailure } from '../../src-shared/failures.js';
import { failed, ok, type Result } from '../../src-shared/result.js';
import type { Store } from '../store/index.js';
import { readDeviceChoices } from './read-state.js';
import type { Readings } from './readings.js';
import type { Scene } from './scene.js';
import { signalAct, signalledOn } from './limits.js';
import type { Screens } from './screens.js';
import type { Writer } from './writer.js';

/** What follows from a sign-in once the account's decisions have come. */
export interface Arrival {
  /**
   * The account's decisions may have come. The first time since the sign-in the opt-out signal, where it is on, is said for the
   * account too (CCPA 7025(c)(1)): once, so that a later yes on another device is not fought over.
   */
  arrive(service: string): void;
  /** The person has read that the account's choices apply here. */
  arrivalRead(service: string): Result<null, ConsentFailure>;
}

interface Parts {
  readonly store: Pick<Store, 'meta' | 'sessions' | 'register' | 'commit'>;
  readonly sceneOf: (service: string) => Scene | null;
  readonly screens: Pick<Screens, 'show'>;
  readonly readings: Pick<Readings, 'readsOf'>;
  readonly writer: Writer;
  readonly onChange: (service: string, cause: 'view') => void;
}

export function createArrival(parts: Parts): Arrival {
  const { store, sceneOf, screens, readings, writer } = parts;

  /** What the signal speaks of and nobody has refused on the account yet. */
  const unsaid = ({ manifest, subject, optional }: Scene): string[] => {
    const { timeOf } = readings.readsOf(manifest.id);
    return signalledOn(store, manifest.id, optional).filter((purpose) => {
      const heads = store.register.headsOf(manifest.id, subject.key, purpose);
      return readPurpose(heads, timeOf(purpose)).state !== 'denied';
    });
  };

  return {
    arrive(service) {
      const scene = sceneOf(service);
      const session = scene?.subject.session;
      if (!scene || !session?.pulled || session.arrival !== 'awaited') return;
      const { subject, optional } = scene;
      const saidElsewhere = optional.some((purpose) =>
        store.register
          .headsOf(service, subject.key, purpose)
          .some(({ madeHereRow }) => madeHereRow === null),
      );
      const note = (): void => {
        store.sessions.change(service, { arrival: saidElsewhere ? 'due' : 'told' });
      };
      const denied = unsaid(scene);
      if (denied.length === 0) {
        // Where the disk does not take it, the next news of the account tries again.
        store.commit(note);
        return;
      }
      writer.write(service, [signalAct(screens, scene, denied)], note);
    },
    arrivalRead(service) {
      const noted = store.commit(() => {
        store.sessions.change(service, { arrival: 'told' });
      });
      if (!noted.ok) return failed({ code: 'not-saved', cause: noted.error });
      parts.onChange(service, 'view');
      return ok(null);
    },
  };
}

/** What is to be said of the account's choices; null where nothing is due. */
export function arrivalView(
  { readsOf }: Pick<Readings, 'readsOf'>,
  { manifest, subject, optional }: Scene,
): ArrivalView | null {
  const { session } = subject;
  if (session?.arrival !== 'due') return null;
  const reads = readsOf(manifest.id);
  const own = readDeviceChoices(reads, optional);
  const account = readDeviceChoices(reads, optional, subject.key);
  const differing = optional.filter(
    (purpose) =>
      (own.denied.includes(purpose) && account.granted.includes(purpose)) ||
      (own.granted.includes(purpose) && account.denied.includes(purpose)),
  );
  return {
    hasOwn: own.denied.length + own.granted.length > 0,
    differing,
    settled: session.deviceChoices,
  };
}
