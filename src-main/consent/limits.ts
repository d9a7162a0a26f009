import { SALE_OR_SHARING, SIGNAL_PURPOSES } from '../../src-shared/consent/purpose-kind.js';
import type { ConsentFailure } from '../../src-shared/failures.js';
import { failed, ok, type Result } from '../../src-shared/result.js';
import type { Limit } from '../../src-shared/views.js';
import type { Store } from '../store/index.js';
import type { Act } from './record.js';
import type { Scene } from './scene.js';
import type { Screens } from './screens.js';
import type { Writer } from './writer.js';

type MetaOf = { readonly meta: Pick<Store['meta'], 'neverHere' | 'optOutSignal'> };

/** Reads what keeps purposes closed here, whatever was decided and whoever is signed in; null where nothing does. */
export function limitsOn({ meta }: MetaOf, service: string): (purpose: string) => Limit | null {
  const never = meta.neverHere(service);
  const hasSignal = meta.optOutSignal(service);
  return (purpose) => {
    if (never.includes(purpose)) return 'never-here';
    return hasSignal && SIGNAL_PURPOSES.includes(purpose) ? 'signal' : null;
  };
}

/** The purposes that the opt-out signal keeps closed here, while it is on. */
export function signalledOn(
  { meta }: MetaOf,
  service: string,
  optional: readonly string[],
): readonly string[] {
  if (!meta.optOutSignal(service)) return [];
  return optional.filter((purpose) => SIGNAL_PURPOSES.includes(purpose));
}

/** What the opt-out signal says of purposes, as an act of whoever is at this device. */
export function signalAct(
  screens: Pick<Screens, 'show'>,
  { manifest, subject, policy, optional }: Scene,
  refused: readonly string[],
): Act {
  return {
    service: manifest.id,
    subject,
    action: 'signal',
    surface: 'settings',
    choices: Object.fromEntries(refused.map((purpose) => [purpose, 'denied' as const])),
    heads: screens.show(manifest.id, subject, policy.shown, optional).heads,
    policy: policy.shown,
  };
}

/** Rules that only ever close. Setting one is a press like any other: when it answers ok, it is on the disk. */
export interface Limits {
  /**
   * A rule of this device: the purpose never opens here, or may open again as was decided. That of sale or sharing is not
   * lifted so, whoever calls: opting in takes two steps (CCPA 7028(a)), so it goes with the decision that allows it anew.
   */
  setNeverHere(service: string, purpose: string, isNever: boolean): Result<null, ConsentFailure>;
  /**
   * The opt-out signal, for every service: on, it refuses what it speaks of (CCPA 7025, C.R.S. 6-1-1313) and is sent with every
   * request; off, it allows nothing.
   */
  setSignal(isOn: boolean): Result<null, ConsentFailure>;
}

interface Parts {
  readonly store: Pick<Store, 'meta' | 'commit'>;
  readonly services: readonly string[];
  readonly sceneOf: (service: string) => Scene | null;
  readonly screens: Pick<Screens, 'show'>;
  readonly writer: Writer;
}

export function createLimits({ store, services, sceneOf, screens, writer }: Parts): Limits {
  const { meta } = store;

  const signal = (scene: Scene, isOn: boolean): Result<unknown, ConsentFailure> => {
    const { manifest, optional } = scene;
    const service = manifest.id;
    const note = (): void => {
      meta.setOptOutSignal(service, isOn);
    };
    const refused = isOn ? optional.filter((purpose) => SIGNAL_PURPOSES.includes(purpose)) : [];
    const acts = refused.length > 0 ? [signalAct(screens, scene, refused)] : [];
    return writer.write(service, acts, note);
  };

  return {
    setNeverHere(service, purpose, isNever) {
      const scene = sceneOf(service);
      if (!scene) return failed({ code: 'unknown-service' });
      if (!scene.optional.includes(purpose)) {
        return failed({ code: 'not-a-choice', detail: `not the person's to decide: ${purpose}` });
      }
      // Lifted, it would open again what was allowed before, on one press. The person allows it anew instead, and says so twice.
      if (!isNever && purpose === SALE_OR_SHARING) {
        return failed({ code: 'not-a-choice', detail: `opens by being allowed anew: ${purpose}` });
      }
      const others = meta.neverHere(service).filter((other) => other !== purpose);
      const written = writer.write(
        service,
        [],
        () => {
          meta.setNeverHere(service, isNever ? [...others, purpose] : others);
        },
        { closes: isNever ? [purpose] : [] },
      );
      return written.ok ? ok(null) : written;
    },
    setSignal(isOn) {
      let outcome: Result<null, ConsentFailure> = ok(null);
      for (const service of services) {
        const scene = sceneOf(service);
        if (!scene || meta.optOutSignal(service) === isOn) continue;
        const written = signal(scene, isOn);
        // What the disk does not take for one service closes for the others all the same.
        if (!written.ok) outcome = written;
      }
      return outcome;
    },
  };
}
