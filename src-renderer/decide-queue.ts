import type { ConsentFailure, IpcFailure } from '../src-shared/failures.js';
import type { Input } from '../src-shared/ipc-contract.js';
import { failed, type Result } from '../src-shared/result.js';

/** A press on its way; `revision` is the screen that was on show when the person pressed. */
export type Press = Input<'consent.decide'>;
/** `overtaken`: a yes that had not left the window when the person said no to the same thing. */
export type PressFailure = ConsentFailure | IpcFailure | { readonly code: 'overtaken' };
export type PressOutcome = Result<{ readonly revision: number }, PressFailure>;

interface Line {
  /** Calls sent and not yet answered. */
  open: number;
  /** Grants that wait for those answers. */
  waiting: { press: Press; sendIt: () => void; giveUp: () => void }[];
  /** The newest screen that an answer of our own left behind; the window may still show the one before for a moment. */
  revision: number;
}

/**
 * Sends presses so that each names the screen it answers. A yes waits for the calls before it, because they move the
 * screen on and a yes to an older screen is refused; a no never waits, and takes back what has not left yet.
 * @param send the call to the main process; must not throw.
 */
export function createDecideQueue(send: (press: Press) => Promise<PressOutcome>): {
  submit(press: Press): Promise<PressOutcome>;
} {
  const lines = new Map<string, Line>();

  async function run(line: Line, press: Press): Promise<PressOutcome> {
    line.open += 1;
    const outcome = await send({ ...press, revision: Math.max(line.revision, press.revision) });
    line.open -= 1;
    if (outcome.ok) line.revision = outcome.value.revision;
    if (line.open === 0) {
      const next = line.waiting.shift();
      next?.sendIt();
    }
    return outcome;
  }

  return {
    submit(press) {
      const line = lines.get(press.service) ?? { open: 0, waiting: [], revision: 0 };
      lines.set(press.service, line);
      if (!allows(press)) {
        const overtaken = line.waiting.filter((earlier) => touches(press, earlier.press));
        line.waiting = line.waiting.filter((earlier) => !overtaken.includes(earlier));
        for (const { giveUp } of overtaken) giveUp();
        return run(line, press);
      }
      if (line.open === 0) return run(line, press);
      return new Promise((resolve) => {
        line.waiting.push({
          press,
          sendIt: () => void run(line, press).then(resolve),
          giveUp: () => resolve(failed({ code: 'overtaken' })),
        });
      });
    },
  };
}

function allows(press: Press): boolean {
  return press.action === 'accept-all' || Object.values(press.choices).includes('granted');
}

/** Whether a no speaks of anything the earlier yes speaks of; without names either of them means everything. */
function touches(denial: Press, grant: Press): boolean {
  const denied = Object.keys(denial.choices);
  const granted = Object.keys(grant.choices);
  if (denial.action === 'acknowledge') return false;
  return denied.length === 0 || granted.length === 0 || granted.some((id) => denied.includes(id));
}
