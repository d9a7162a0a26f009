import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { v7 as uuidV7 } from 'uuid';
import type { ServiceView } from '../src-shared/views.js';
import { createApiClient, createClosableFetch, type Fetch } from './api/index.js';
import { createConsent, currentSubject } from './consent/index.js';
import { createPolicies, type ReadProfiles } from './policy/index.js';
import type { HandlerParts } from './ipc/index.js';
import type { Keychain } from './secrets/index.js';
import { createServiceViews } from './service-view.js';
import { createSessions } from './session/index.js';
import type { Store } from './store/index.js';
import { createSync } from './sync/index.js';

/** What the core needs from outside; a test passes its own clock, network and keychain. */
export interface CoreParts {
  readonly store: Store;
  readonly read: ReadProfiles;
  readonly fetch: Fetch;
  readonly keychain: Keychain;
  readonly lang: string;
  /** Replaces every base address by `<server>/<service id>`; null: the profiles' own. */
  readonly server: string | null;
  readonly deviceName: string;
  readonly nowMs: () => number;
  readonly random: () => number;
  readonly startTimer: (run: () => void, delayMs: number) => () => void;
  readonly isInFront: () => boolean;
  /** Told what a service looks like after something about it changed. */
  readonly onServiceChanged: (view: ServiceView) => void;
}

/** Everything that works without a window: decisions, policies, sessions and sync, wired together. */
export type Core = Omit<HandlerParts, 'snapshot'> & {
  readonly services: readonly string[];
  /** Finishes what a crash cut short; to be called before anything is shown. */
  settle(): void;
  /** Asks the keychain for the kept sessions and begins to sync. */
  begin(): Promise<void>;
  stop(): Promise<void>;
};

export function createCore(parts: CoreParts): Core {
  const { store, read, server } = parts;
  const { profiles } = read;
  const services = profiles.map(({ manifest }) => manifest.id);
  const network = createClosableFetch(parts.fetch);
  const api = createApiClient(network.fetch);
  const changed = (service: string): void => {
    const view = serviceView(service);
    if (view) parts.onServiceChanged(view);
  };

  const policies = createPolicies({ profiles, lang: parts.lang, nowMs: parts.nowMs, sha256Hex });
  const sessions = createSessions({
    store,
    api,
    keychain: parts.keychain,
    deviceName: parts.deviceName,
    nowMs: parts.nowMs,
    newHandle: () => randomBytes(32).toString('base64url'),
    hashHandle,
    baseAddressOf: (service) => {
      const manifest = profiles.find((profile) => profile.manifest.id === service)?.manifest;
      if (!manifest) return null;
      return server === null ? manifest.baseAddress : `${server}/${manifest.id}`;
    },
    onChange: changed,
  });
  const consent = createConsent({
    store,
    profiles,
    policies,
    nowMs: parts.nowMs,
    newDecisionId: () => uuidV7(),
    onChange: (service, cause) => {
      changed(service);
      if (cause === 'decision') sync.wake(service);
    },
  });
  const sync = createSync(
    {
      store,
      api,
      sessions,
      startTimer: parts.startTimer,
      random: parts.random,
      isInFront: parts.isInFront,
      onChange: changed,
    },
    services,
  );
  const serviceView = createServiceViews({ profiles, policies, consent, sessions, sync });

  return {
    services,
    policies,
    consent,
    sessions,
    sync,
    serviceView,
    unsent: (service) => {
      const { session, key } = currentSubject(store, service);
      return session ? store.outbox.countWaiting(service, key) : 0;
    },
    settle: () => {
      sessions.settle();
    },
    async begin() {
      sync.wakeAll();
      await sessions.unlock(services, (service) => {
        sync.wake(service);
      });
    },
    async stop() {
      network.close();
      await sync.stop();
      sessions.endUnremembered();
      store.close();
    },
  };
}

/** A random UUID, for ids that say nothing about when they were made. */
export const newRandomId = (): string => randomUUID();

function sha256Hex(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

function hashHandle(handle: string): string {
  return createHash('sha256').update(Buffer.from(handle, 'base64url')).digest('base64url');
}
