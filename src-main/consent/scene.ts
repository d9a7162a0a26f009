import { kindOf } from '../../src-shared/consent/purpose-kind.js';
import type { Manifest, ServiceProfile } from '../../src-shared/manifest.js';
import type { CurrentPolicy, ShownPolicies } from '../policy/index.js';
import type { Store } from '../store/index.js';
import { currentSubject, type CurrentSubject } from './subject.js';

/** Everything that a decision of a service is about at this moment. */
export interface Scene {
  readonly manifest: Manifest;
  /** The purposes that are the person's to decide. */
  readonly optional: readonly string[];
  /** Those of them that the service asks about: all but sale or sharing, which has a control of its own. */
  readonly asked: readonly string[];
  readonly policy: CurrentPolicy;
  readonly subject: CurrentSubject;
}

export interface SceneParts {
  readonly store: Pick<Store, 'sessions'>;
  readonly profiles: readonly ServiceProfile[];
  readonly policies: ShownPolicies;
}

/** @returns the scene of a service as it stands at the moment of the call; null when there is no usable profile under that id. */
export function createSceneFinder({
  store,
  profiles,
  policies,
}: SceneParts): (service: string) => Scene | null {
  /** By policy: every press asks again, and hardly ever about another. */
  const known = new WeakMap<CurrentPolicy, Decidable>();
  return (service) => {
    const manifest = profiles.find((profile) => profile.manifest.id === service)?.manifest;
    const policy = policies.current(service);
    if (!manifest || !policy) return null;
    const decidable = known.get(policy) ?? decidableUnder(manifest, policy);
    known.set(policy, decidable);
    return { manifest, ...decidable, policy, subject: currentSubject(store, service) };
  };
}

type Decidable = Pick<Scene, 'optional' | 'asked'>;

function decidableUnder({ purposes }: Manifest, { text }: CurrentPolicy): Decidable {
  // A fetched policy may be narrower than the profile: what it has no words for is neither asked about nor opened.
  const worded = new Set(text.label.purposes.map(({ id }) => id));
  const own = purposes.filter(({ id, kind }) => kind !== 'necessary' && worded.has(id));
  return {
    optional: own.map(({ id }) => id),
    asked: own.filter((purpose) => kindOf(purpose) === 'optional').map(({ id }) => id),
  };
}
