import type { Store } from '../store/index.js';
import type { TrustedClock } from './trusted-clock.js';

interface Parts {
  readonly clock: Pick<TrustedClock, 'provenMs'>;
  readonly store: Pick<Store, 'register' | 'commit'>;
  /** Told when what was read by the clock may read otherwise now. */
  readonly onChange: () => void;
}

/** Clocks of two machines differ by this much without anything being wrong. */
const GRAIN_MS = 60 * 1000;

/**
 * Takes in a time that a server has signed, milliseconds since 1970. No press can have come later than that moment where it
 * was signed for something that was just sent (`fresh`), so what is noted as later is set back.
 */
export function takeProvenTime(parts: Parts, serverMs: number, fresh: boolean): void {
  const { clock, store, onChange } = parts;
  const { mark, latestPressMs } = clock.provenMs(serverMs, { fresh });
  const tooLate = latestPressMs !== null && store.register.hasPressAfter(latestPressMs + GRAIN_MS);
  if (tooLate) store.commit(() => store.register.clampPresses(latestPressMs));
  if (tooLate || mark === 'lowered') onChange();
}
