import {
  ANSWER_WITHIN_MS,
  type ApiClient,
  type ServerEvent,
  type StreamEnd,
} from '../api/index.js';
import { nextRunDelayMs } from './backoff.js';

/** A stream that says nothing for this long is broken: a service speaks every 15 s, be it only a comment. */
export const SILENCE_MS = 40 * 1000;
/** A stream that lasted this long had nothing wrong with it. */
const SOUND_AFTER_MS = 30 * 1000;
/** A service without a stream (404) is asked this seldom whether it has one now. */
const ASK_AGAIN_MS = 60 * 60 * 1000;

/** Whom to listen to, as whom. */
export interface LiveTarget {
  readonly baseAddress: string;
  readonly token: string;
}

/** The stream on which a service tells its news at once: at most one, only while somebody is signed in. */
export interface Live {
  /**
   * Listens to this service from now on. A stream that runs goes on; one that failed a moment ago is left for later.
   * @param lastEventId the place up to which everything is known.
   */
  follow(target: LiveTarget, lastEventId: string): void;
  /** Nothing is told any more. */
  close(): void;
  isLive(): boolean;
  /** How long until a stream that failed may be tried again; null when none is to be. */
  reopenInMs(): number | null;
}

/** What it needs from outside. */
export interface LiveParts {
  readonly api: Pick<ApiClient, 'events'>;
  /** Calls `run` once after `delayMs`; the answer calls it off. */
  readonly startTimer: (run: () => void, delayMs: number) => () => void;
  /** A clock that only goes forward, milliseconds. */
  readonly sinceBootMs: () => number;
  /** From 0 up to, but not including, 1. */
  readonly random: () => number;
  readonly onEvent: (event: ServerEvent) => void;
  /** The stream speaks. */
  readonly onLive: () => void;
  /** There is no stream any more, and nobody here closed it. */
  readonly onEnd: (end: StreamEnd) => void;
}

interface Stream {
  readonly target: LiveTarget;
  readonly openedAtMs: number;
  readonly close: () => void;
  isLive: boolean;
}

export function createLive(parts: LiveParts): Live {
  let stream: Stream | null = null;
  let failed: { readonly target: LiveTarget; readonly inARow: number; untilMs: number } | null =
    null;

  const open = (target: LiveTarget, lastEventId: string): void => {
    const ending = new AbortController();
    const cut = (): void => {
      ending.abort();
    };
    let stopSilence = parts.startTimer(cut, ANSWER_WITHIN_MS);
    const mine: Stream = {
      target,
      openedAtMs: parts.sinceBootMs(),
      isLive: false,
      close() {
        stopSilence();
        ending.abort();
      },
    };
    stream = mine;
    const listener = {
      onAlive() {
        if (stream !== mine) return;
        stopSilence();
        stopSilence = parts.startTimer(cut, SILENCE_MS);
        if (mine.isLive) return;
        mine.isLive = true;
        parts.onLive();
      },
      onEvent(event: ServerEvent) {
        if (stream === mine) parts.onEvent(event);
      },
    };
    const { baseAddress, token } = target;
    void parts.api
      .events(baseAddress, { token, lastEventId, signal: ending.signal }, listener)
      .then((end) => {
        stopSilence();
        // A signal that nobody gives any more is listened to by whoever made the request.
        ending.abort();
        if (stream === mine) ended(mine, end);
      });
  };

  const ended = (mine: Stream, end: StreamEnd): void => {
    stream = null;
    const now = parts.sinceBootMs();
    const wasSound = mine.isLive && now - mine.openedAtMs >= SOUND_AFTER_MS;
    const before = failed && same(failed.target, mine.target) && !wasSound ? failed.inARow : 0;
    const inARow = before + 1;
    const pauseMs =
      end.kind === 'no-service'
        ? ASK_AGAIN_MS
        : nextRunDelayMs({
            failures: inARow,
            somethingWaits: false,
            inFront: false,
            isLive: false,
            retryAfterMs: 'retryAfterMs' in end ? end.retryAfterMs : null,
            random: parts.random(),
          });
    failed = { target: mine.target, inARow, untilMs: now + pauseMs };
    parts.onEnd(end);
  };

  return {
    follow(target, lastEventId) {
      if (stream && same(stream.target, target)) return;
      stream?.close();
      stream = null;
      if (failed && !same(failed.target, target)) failed = null;
      if (failed && parts.sinceBootMs() < failed.untilMs) return;
      open(target, lastEventId);
    },
    close() {
      stream?.close();
      stream = null;
      failed = null;
    },
    isLive: () => stream?.isLive ?? false,
    reopenInMs: () =>
      stream || !failed ? null : Math.max(0, failed.untilMs - parts.sinceBootMs()),
  };
}

function same(one: LiveTarget, other: LiveTarget): boolean {
  return one.baseAddress === other.baseAddress && one.token === other.token;
}
