import type { SyncDetailView, SyncView } from '../../src-shared/views.js';
import type { Sessions } from '../session/index.js';
import type { StepParts } from './steps.js';

/** What keeps one service in step with its server. */
export interface SyncEngine {
  /** Something happened that makes a run worthwhile: a decision, start, focus, resume, a sign-in, a network hint. */
  wake(): void;
  /** The person wants it now, whatever the server asked for. */
  tryNow(): void;
  view(): SyncView;
  /** Whether {@link view} says that there is no network, without counting anything. */
  isAway(): boolean;
  detail(): SyncDetailView;
  stop(): Promise<void>;
}

/** What every engine needs; the same for all services. */
export interface EngineParts extends Omit<
  StepParts,
  'sessions' | 'preparation' | 'batchSize' | 'onSending' | 'onNews'
> {
  readonly sessions: StepParts['sessions'] & Pick<Sessions, 'view'>;
  /** Where a service is reached; null when there is no usable profile under that id. */
  readonly baseAddressOf: (service: string) => string | null;
  /** The wall clock, milliseconds since 1970. */
  readonly nowMs: () => number;
  /** A clock that only goes forward, milliseconds. */
  readonly sinceBootMs: () => number;
  /** Calls `run` once after `delayMs`, unless the answer was called before. */
  readonly startTimer: (run: () => void, delayMs: number) => () => void;
  /** The same, for the timer that ends a stream which has fallen silent. */
  readonly startSilenceTimer: (run: () => void, delayMs: number) => () => void;
  /** From 0 up to, but not including, 1. */
  readonly random: () => number;
  readonly isInFront: () => boolean;
  /** Told after what the window shows of the service may have changed. */
  readonly onChange: (service: string) => void;
  /** Told after something happened that only {@link SyncEngine.detail} shows. */
  readonly onDetail: (service: string) => void;
  /** Told what went wrong in a way that nobody foresaw. */
  readonly onUnexpected: (service: string, error: unknown) => void;
}
