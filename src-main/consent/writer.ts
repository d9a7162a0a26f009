import type { Choice, Decision } from '../../src-shared/consent/decision.js';
import type { ConsentFailure } from '../../src-shared/failures.js';
import { failed, type Result } from '../../src-shared/result.js';
import { recordDecision, type Act, type RecorderParts } from './record.js';
import type { RunMemory } from './run-memory.js';

export interface WriterParts extends RecorderParts {
  /**
   * Told before anything of a press is written: what it refuses closes at once. `within` belongs into the transaction, `saved` comes
   * after it and only where the disk took it.
   */
  readonly deciding: (
    service: string,
    said: { readonly denied: readonly string[]; readonly granted: readonly string[] },
  ) => { readonly within: () => void; readonly saved: () => void };
  /** Told after something about a service changed. A `press` is a decision that the page draws by itself from its answer. */
  readonly onChange: (service: string, cause: 'press' | 'decision' | 'view') => void;
}

/** The one way in which a press is written. */
export interface Writer {
  /**
   * Writes acts as one transaction and tells the windows.
   * @param also what else is part of the transaction.
   */
  write(
    service: string,
    acts: readonly Act[],
    also: () => void,
    how?: How,
  ): Result<readonly Decision[], ConsentFailure>;
}

interface How {
  /** Purposes that close although no act denies them. */
  readonly closes?: readonly string[];
  readonly cause?: 'press' | 'decision';
}

export function createWriter(parts: WriterParts, run: Pick<RunMemory, 'answered'>): Writer {
  const { store, onChange } = parts;
  return {
    write(service, acts, also, { closes = [], cause = 'decision' } = {}) {
      const deciding = parts.deciding(service, {
        denied: [...purposesOf(acts, 'denied'), ...closes],
        granted: purposesOf(acts, 'granted'),
      });
      const written = store.commit(() => {
        const decisions = acts.map((act) => recordDecision(parts, act));
        deciding.within();
        also();
        return decisions;
      });
      if (!written.ok) {
        // Nothing was saved, and what was to be refused is closed all the same.
        onChange(service, 'view');
        return failed({ code: 'not-saved', cause: written.error });
      }
      deciding.saved();
      for (const { choices } of written.value) {
        run.answered(service, Object.values(choices).includes('denied'));
      }
      onChange(service, cause);
      return written;
    },
  };
}

/** The purposes about which acts say the same. */
export function purposesOf(acts: readonly Act[], wanted: Choice): string[] {
  return acts.flatMap(({ choices }) =>
    Object.entries(choices).flatMap(([purpose, choice]) => (choice === wanted ? [purpose] : [])),
  );
}
