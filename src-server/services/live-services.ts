import type { PublishedService } from './published.js';

/** Why a profile was not taken in the place of another one, or what else is to be known about it; `service` is its id. */
export interface PublishRemark {
  readonly service: string;
  readonly remark:
    /** A text that was published is missing or has other words. */
    | 'changes-a-published-text'
    /** Paths are laid out at the start. */
    | 'new-service-needs-a-restart'
    /** It is served as it was. */
    | 'is-gone-or-unreadable';
}

/** Services whose profiles may be published anew while they are served. */
export interface LiveServices {
  /** Each answers with what was published last. */
  readonly services: readonly PublishedService[];
  /**
   * Publishes profiles in the place of the ones served. Texts that were published stay for ever, so a profile in which one
   * is missing or has changed is not taken.
   */
  publish(next: readonly PublishedService[]): readonly PublishRemark[];
  /** Hears of services whose newest version has become another one. @returns stops it. */
  listen(hear: (service: string, newestVersion: string) => void): () => void;
}

/** Services that can be published anew, beginning with `first`. */
export function createLiveServices(first: readonly PublishedService[]): LiveServices {
  const current = new Map(first.map((service) => [service.id, service]));
  const listeners = new Set<(service: string, newestVersion: string) => void>();
  const replace = (before: PublishedService, after: PublishedService): void => {
    current.set(after.id, after);
    const { id, newestVersion } = after;
    if (newestVersion === null || newestVersion === before.newestVersion) return;
    for (const hear of listeners) hear(id, newestVersion);
  };
  return {
    services: first.map((service) => latestOf(() => current.get(service.id) ?? service)),
    publish(next) {
      const remarks: PublishRemark[] = [];
      const ids = new Set(next.map((service) => service.id));
      for (const id of current.keys()) {
        if (!ids.has(id)) remarks.push({ service: id, remark: 'is-gone-or-unreadable' });
      }
      for (const after of next) {
        const before = current.get(after.id);
        if (!before) {
          remarks.push({ service: after.id, remark: 'new-service-needs-a-restart' });
        } else if (!before.texts.every(after.knowsPolicy)) {
          remarks.push({ service: after.id, remark: 'changes-a-published-text' });
        } else {
          replace(before, after);
        }
      }
      return remarks;
    },
    listen(hear) {
      listeners.add(hear);
      return () => listeners.delete(hear);
    },
  };
}

/** A service that answers with whatever `latest` is at the moment. */
function latestOf(latest: () => PublishedService): PublishedService {
  const { id } = latest();
  return {
    id,
    get name() {
      return latest().name;
    },
    get baseAddress() {
      return latest().baseAddress;
    },
    get manifest() {
      return latest().manifest;
    },
    get newestVersion() {
      return latest().newestVersion;
    },
    get texts() {
      return latest().texts;
    },
    policy: (version, lang) => latest().policy(version, lang),
    knowsPolicy: (shown) => latest().knowsPolicy(shown),
  };
}
