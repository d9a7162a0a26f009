import type { ServerEvent, StreamEnd } from '../api/index.js';
import type { SessionAccess } from '../session/index.js';
import type { Store } from '../store/index.js';
import { createLive, type LiveParts } from './live.js';
import type { Preparation } from './preparation.js';

/** What an engine does about what its service tells by itself. */
export interface Listening {
  /** A run begins: what is told meanwhile is looked at when it ends. */
  begun(): void;
  ended(): void;
  /**
   * Listens as whom (null: as nobody) from now on, unless the service did not answer well just now.
   * @returns whether something was told during the run that it did not come to.
   */
  follow(access: SessionAccess | null, isWell: boolean): boolean;
  close(): void;
  isLive(): boolean;
  /** How long until a stream that failed may be tried again, milliseconds; null when none is to be. */
  reopenInMs(): number | null;
}

interface Parts extends Omit<LiveParts, 'onEvent' | 'onLive' | 'onEnd'> {
  readonly store: Pick<Store, 'isOpen' | 'sessions'>;
  readonly preparation: Pick<Preparation, 'heardOf'>;
  /** Something was told that makes a run worthwhile. */
  readonly wake: () => void;
  /** The next run comes after `delayMs` at the latest. */
  readonly within: (delayMs: number) => void;
  /** Whether the last run found that the address takes no sync. */
  readonly hasNoService: () => boolean;
  /** Told after a stream began or ended. */
  readonly onChange: () => void;
}

export function createListening(parts: Parts, service: string): Listening {
  const { store, preparation } = parts;
  /** The newest place that the service has told of, until a run has looked. */
  let heard: string | null = null;
  let isRunning = false;
  const cursor = (): string => store.sessions.get(service)?.pullCursor ?? '';

  const onEvent = (event: ServerEvent): void => {
    if (!store.isOpen()) return;
    if (event.name === 'decisions') {
      // What this device has just sent comes back as news to everybody; it was pulled by then.
      if (event.data.cursor === cursor()) return;
      heard = event.data.cursor;
      // A run that is under way looks at the end whether it has got that far.
      if (isRunning) return;
    }
    if (event.name === 'policy' && !preparation.heardOf(event.data.version)) return;
    // That a session has ended is never believed by the word of a stream: the run asks.
    parts.wake();
  };
  const onEnd = (end: StreamEnd): void => {
    if (!store.isOpen()) return;
    parts.onChange();
    // A refused token is asked about; a stream that broke may mean that the network has gone.
    const delayMs = live.reopenInMs();
    if (end.kind === 'problem') parts.wake();
    // An address that takes no sync is not asked again because its stream has ended.
    else if (end.kind !== 'no-service' && !parts.hasNoService() && delayMs !== null) {
      parts.within(delayMs);
    }
  };
  const live = createLive({ ...parts, onEvent, onLive: parts.onChange, onEnd });

  return {
    begun() {
      isRunning = true;
      heard = null;
    },
    ended() {
      isRunning = false;
    },
    follow(access, isWell) {
      if (!access) live.close();
      else if (isWell) live.follow(access, cursor());
      const isBehind = access !== null && isWell && heard !== null && heard !== cursor();
      heard = null;
      return isBehind;
    },
    close: () => {
      live.close();
    },
    isLive: () => live.isLive(),
    reopenInMs: () => live.reopenInMs(),
  };
}
