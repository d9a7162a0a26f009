import type { IpcMainInvokeEvent } from 'electron';
import type { CallName } from '../../src-shared/ipc-contract.js';
import { ok, type Result } from '../../src-shared/result.js';
import type { AppView } from '../../src-shared/views.js';
import type { FirstView } from './types.js';

/** The page's first question, answered before the app itself is there. */
export interface FirstSnapshot {
  /** @returns the answer, or null where the app has to give it. */
  answer(
    name: CallName,
    event: IpcMainInvokeEvent,
    payload: unknown,
  ): Promise<Result<AppView, never> | null>;
  /** From here on the app answers. @returns what a page was shown before; null where it was nothing. */
  end(): FirstView | null;
}

/**
 * @param view what was read ahead.
 * @param isOurs whether a message comes from the top frame of one of our own windows, showing our own page.
 * @param complete adds what is not of the profile.
 */
export function createFirstSnapshot(
  view: Promise<FirstView | null>,
  isOurs: (event: IpcMainInvokeEvent) => boolean,
  complete: (view: FirstView) => AppView,
): FirstSnapshot {
  let given: FirstView | null = null;
  let isOver = false;
  let giveUp = (): void => undefined;
  const over = new Promise<null>((resolve) => {
    giveUp = () => {
      resolve(null);
    };
  });
  return {
    async answer(name, event, payload) {
      // Whatever else is asked, or by whom, the app answers, and says no where that is to be said.
      if (name !== 'app.snapshot' || !isOurs(event) || !isEmpty(payload)) return null;
      const found = await Promise.race([view, over]);
      // A page that was loaded anew meanwhile is told what the app knows.
      if (found === null || given !== null || isOver) return null;
      given = found;
      return ok(complete(found));
    },
    end() {
      isOver = true;
      giveUp();
      return given;
    },
  };
}

function isEmpty(payload: unknown): boolean {
  return (
    typeof payload === 'object' &&
    payload !== null &&
    Object.getPrototypeOf(payload) === Object.prototype &&
    Reflect.ownKeys(payload).length === 0
  );
}
