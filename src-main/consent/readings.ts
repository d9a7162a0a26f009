import { nextChangeMs } from '../../src-shared/consent/next-change.js';
import type { ShownPolicies } from '../policy/index.js';
import type { Store } from '../store/index.js';
import { deviceChoices } from './device-choices.js';
import type { Reads } from './read-state.js';
import type { Scene } from './scene.js';

interface Parts {
  readonly store: Pick<Store, 'register' | 'acknowledgements' | 'meta'>;
  readonly policies: ShownPolicies;
  /** Trusted time, by which grants run out. */
  readonly trustedNowMs: () => number;
  readonly isSuspect: (service: string) => boolean;
}

/** What can be read of the choices of a service at this moment. */
export interface Readings {
  readonly readsOf: (service: string) => Reads;
  /** Whether to ask if this device's own choices should become the account's. */
  readonly asksAboutDevice: (scene: Scene) => boolean;
  /** A notice stands until it was acknowledged, and again after a material change of what it says. */
  readonly isAcknowledged: (scene: Scene) => boolean;
  /** When time alone changes what is shown next, milliseconds since 1970; null when it never will. */
  readonly nextChangeMs: (scene: Scene) => number | null;
}

export function createReadings({ store, policies, trustedNowMs, isSuspect }: Parts): Readings {
  const readsOf = (service: string): Reads => {
    const now = trustedNowMs();
    return {
      store,
      service,
      isSuspect: isSuspect(service),
      timeOf: (purpose) => ({
        trustedNowMs: now,
        changedAtMs: (version) => policies.changedAtMs(service, purpose, version),
      }),
    };
  };
  return {
    readsOf,
    asksAboutDevice(scene) {
      if (scene.subject.session?.deviceChoices !== 'unasked') return false;
      const own = deviceChoices(readsOf(scene.manifest.id), scene);
      return own.granted.length + own.denied.length > 0;
    },
    isAcknowledged({ manifest }) {
      const version = store.acknowledgements.versionOf(manifest.id);
      if (version === null) return false;
      return manifest.purposes.every(({ id }) => {
        const changedAtMs = policies.changedAtMs(manifest.id, id, version);
        return changedAtMs === null || changedAtMs > trustedNowMs();
      });
    },
    nextChangeMs({ manifest, optional, subject }) {
      const service = manifest.id;
      const { timeOf } = readsOf(service);
      // A refusal of this device may hold beside what the account says, so both are looked at.
      const subjects = [...new Set([subject.key, ''])];
      const purposes = optional.flatMap((purpose) =>
        subjects.map((key) => ({
          heads: store.register.headsOf(service, key, purpose),
          changedAtMs: timeOf(purpose).changedAtMs,
        })),
      );
      const now = trustedNowMs();
      const policy = policies.nextChangeMs(service, now);
      return nextChangeMs(purposes, now, policy === null ? [] : [policy]);
    },
  };
}
