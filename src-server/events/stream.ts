import { eventText, HEARTBEAT, HELLO } from './format.js';

/** Where the text of a stream goes: what is used of a response of `node:http`. */
export interface Sink {
  write(text: string): unknown;
  end(): unknown;
  destroy(): unknown;
  /** Bytes that the network has not taken yet. */
  readonly writableLength: number;
}

/** Whose stream it is, and where it begins. */
export interface Subscriber {
  readonly service: string;
  readonly accountId: string;
  readonly sessionId: string;
  readonly expiresAtMs: number;
  /** Cursor up to which nothing has to be told any more. */
  readonly cursor: string;
}

/** One open stream of events. */
export interface EventStream extends Omit<Subscriber, 'cursor'> {
  /** Says that there is something to pull, unless this very cursor was told last. */
  readonly tellDecisions: (cursor: string) => void;
  readonly tellPolicy: (version: string) => void;
  /** Shows that somebody is there. */
  readonly beat: () => void;
  /** Says that the session is over, and ends. */
  readonly finish: (reason: 'ended' | 'expired') => void;
  /** Ends without a word: the server stops. */
  readonly end: () => void;
}

/** Most bytes that wait for a reader. An event is small, so one who has let that many pile up does not read. */
export const MOST_UNSENT_BYTES = 16 * 1024;

/** A stream that writes to `sink`. A reader who does not read is cut off, so that the memory it takes is bounded. */
export function createStream({ cursor, ...who }: Subscriber, sink: Sink): EventStream {
  let told = cursor;
  let isOpen = true;
  const write = (text: string): void => {
    if (!isOpen) return;
    sink.write(text);
    if (sink.writableLength <= MOST_UNSENT_BYTES) return;
    isOpen = false;
    sink.destroy();
  };
  const end = (): void => {
    if (!isOpen) return;
    isOpen = false;
    sink.end();
  };
  write(HELLO);
  return {
    ...who,
    tellDecisions(newest) {
      if (newest === told) return;
      told = newest;
      write(eventText('decisions', { cursor: newest }, newest));
    },
    tellPolicy: (version) => write(eventText('policy', { version }, told)),
    beat: () => write(HEARTBEAT),
    finish(reason) {
      write(eventText('session-ended', { reason }, told));
      end();
    },
    end,
  };
}
