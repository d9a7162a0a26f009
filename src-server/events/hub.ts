import { stateOf } from '../auth/session-state.js';
import { cursorAt } from '../decisions/cursor.js';
import type { Announcement } from '../store/announcements.js';
import type { Store } from '../store/store.js';
import { createPlaces, type Admission } from './places.js';
import { createRegister } from './register.js';
import { DEFAULT_EVENT_SETTINGS, type EventSettings } from './settings.js';
import { createStream, type EventStream, type Sink, type Subscriber } from './stream.js';
import { createWorker } from './worker.js';

/** The open streams of this server. */
export interface Hub {
  /** Takes one of the places there are. @returns gives it back; or whose bound is reached. */
  readonly admit: (accountId: string) => Admission;
  /** Begins a stream, of which `admit` was asked. What is committed from now on it will tell. */
  readonly open: (subscriber: Subscriber, sink: Sink) => EventStream;
  /** Forgets a stream whose connection is gone. */
  readonly forget: (stream: EventStream) => void;
  /** Tells every stream of a service that another policy version has been published. */
  readonly publish: (service: string, version: string) => void;
  readonly count: () => number;
  /** Ends all streams, and begins no more. */
  readonly stop: () => void;
}

/** What the hub takes from outside. */
export interface HubParts {
  readonly store: Pick<Store, 'announcements' | 'decisions' | 'sessions' | 'feed'>;
  readonly nowMs: () => number;
  readonly settings?: EventSettings;
  /** Is told why the store could not be asked; the next heartbeat asks again. */
  readonly failed: (error: unknown) => void;
}

/** Accounts that are looked up at the same time. */
const MOST_LOOKUPS = 4;

/** The hub of one server: told by announcements of all servers on the database, and looking for itself at every heartbeat. */
export function createHub({ store, nowMs, failed, ...parts }: HubParts): Hub {
  const settings = parts.settings ?? DEFAULT_EVENT_SETTINGS;
  const streams = createRegister();
  const places = createPlaces(settings);
  let ticks = 0;
  let isStopped = false;

  const finish = (stream: EventStream, reason: 'ended' | 'expired'): void => {
    streams.remove(stream);
    stream.finish(reason);
  };
  const lookUp = async (accountId: string): Promise<void> => {
    const own = streams.ofAccount(accountId);
    if (own.length === 0) return;
    const rows = await store.sessions.endsOf(own.map((stream) => stream.sessionId));
    const newest = await store.decisions.newestPlaces([accountId]);
    const cursor = cursorAt(store.feed, newest.get(accountId) ?? null);
    const ends = new Map(rows.map((row) => [row.id, row]));
    for (const stream of own) {
      if (!streams.has(stream)) continue;
      const row = ends.get(stream.sessionId);
      // A session that is gone went with its account.
      const state = row ? stateOf(row, nowMs()) : 'session-ended';
      if (state === 'open') stream.tellDecisions(cursor);
      else finish(stream, state === 'session-expired' ? 'expired' : 'ended');
    }
  };
  const worker = createWorker(MOST_LOOKUPS, (accountId) => lookUp(accountId).catch(failed));

  const hear = (announcement: Announcement): void => {
    const accounts =
      announcement.kind === 'anything' ? streams.accounts() : [announcement.accountId];
    for (const accountId of accounts) worker.ask(accountId);
  };
  const tick = (): void => {
    ticks += 1;
    const beatTicks = Math.max(1, Math.round(settings.heartbeatMs / settings.tickMs));
    for (const { stream, sinceTick } of streams.all()) {
      if (nowMs() >= stream.expiresAtMs) finish(stream, 'expired');
      else if ((ticks - sinceTick) % beatTicks === 0) {
        stream.beat();
        worker.ask(stream.accountId);
      }
    }
  };

  const stopListening = store.announcements.listen(hear);
  const timer = setInterval(tick, settings.tickMs);
  timer.unref();
  return {
    admit: (accountId) => (isStopped ? 'server-full' : places.take(accountId)),
    open(subscriber, sink) {
      const stream = createStream(subscriber, sink);
      if (isStopped) stream.end();
      else streams.add(stream, ticks);
      // Something may have happened since the session and the newest decision were read.
      worker.ask(subscriber.accountId);
      return stream;
    },
    forget: (stream) => streams.remove(stream),
    publish(service, version) {
      for (const { stream } of streams.all()) {
        if (stream.service === service) stream.tellPolicy(version);
      }
    },
    count: () => streams.count(),
    stop() {
      if (isStopped) return;
      isStopped = true;
      clearInterval(timer);
      stopListening();
      for (const { stream } of streams.all()) {
        streams.remove(stream);
        stream.end();
      }
    },
  };
}
