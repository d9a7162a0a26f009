/** A clock of a test that goes as the real one does: what a provider signs is of the real time. */
export interface RealClock {
  readonly nowMs: number;
  /** How far it is set ahead, in milliseconds. */
  aheadMs: number;
}

export function realClock(): RealClock {
  return {
    aheadMs: 0,
    get nowMs() {
      return Date.now() + this.aheadMs;
    },
  };
}

/** Has a clock that stands still go with the real time. */
export function letRun(clock: { nowMs: number }): void {
  Object.defineProperty(clock, 'nowMs', { get: Date.now });
}
