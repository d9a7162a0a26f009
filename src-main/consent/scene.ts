import type { Manifest, ServiceProfile } from '../../src-shared/manifest.js';
import type { CurrentPolicy, Policies } from '../policy/index.js';
import type { Store } from '../store/index.js';
import { currentSubject, type CurrentSubject } from './subject.js';

/** Everything that a decision of a service is about at this moment. */
export interface Scene {
  readonly manifest: Manifest;
  /** The purposes that are the person's to decide. */
  readonly optional: readonly string[];
  readonly policy: CurrentPolicy;
  readonly subject: CurrentSubject;
}

export interface SceneParts {
  readonly store: Pick<Store, 'sessions'>;
  readonly profiles: readonly ServiceProfile[];
  readonly policies: Policies;
}

/** The scene of a service, or null when there is no usable profile under that id. */
export function findScene(
  { store, profiles, policies }: SceneParts,
  service: string,
): Scene | null {
  const manifest = profiles.find((profile) => profile.manifest.id === service)?.manifest;
  const policy = policies.current(service);
  if (!manifest || !policy) return null;
  // A fetched policy may be narrower than the profile: what it has no words for is neither asked about nor opened.
  const worded = new Set(policy.text.label.purposes.map(({ id }) => id));
  const optional = manifest.purposes
    .filter(({ id, kind }) => kind === 'optional' && worded.has(id))
    .map(({ id }) => id);
  return { manifest, optional, policy, subject: currentSubject(store, service) };
}
