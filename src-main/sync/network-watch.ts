/** Asking the system costs next to nothing, and is done only while some service could not be reached. */
const ASKED_EVERY_MS = 1000;

/**
 * Tells when the system has a network again. The system's word only wakes: that it says "online" proves nothing, and that it
 * says "offline" keeps nobody from trying.
 */
export interface NetworkWatch {
  /** A service could not be reached: from now on the system is asked, until it has told of a network or `stop` is called. */
  watch(): void;
  stop(): void;
}

interface Parts {
  /** Whether the system says that there is a network. */
  readonly isOnline: () => boolean;
  /** Calls `run` once after `delayMs`; the answer calls it off. */
  readonly startTimer: (run: () => void, delayMs: number) => () => void;
  /** Told once for each time the network came back while somebody watched. */
  readonly onOnline: () => void;
}

export function createNetworkWatch({ isOnline, startTimer, onOnline }: Parts): NetworkWatch {
  let endTimer: (() => void) | null = null;
  let wasOffline = false;
  const look = (): void => {
    endTimer = null;
    const isBack = isOnline();
    if (!isBack) wasOffline = true;
    if (isBack && wasOffline) {
      wasOffline = false;
      onOnline();
      return;
    }
    endTimer = startTimer(look, ASKED_EVERY_MS);
  };
  return {
    watch() {
      if (endTimer === null) look();
    },
    stop() {
      endTimer?.();
      endTimer = null;
      wasOffline = false;
    },
  };
}
