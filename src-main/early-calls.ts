import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import { CALL_NAMES, channelOf, type CallName } from '../src-shared/ipc-contract.js';

/** Answers one call of a window, after checking who asks and what. */
export type AnswerCall = (
  name: CallName,
  event: IpcMainInvokeEvent,
  payload: unknown,
) => Promise<unknown>;

/**
 * Listens to every call of the contract from the first moment on, so that the page can be fetched while the rest of the app
 * is still loading; what it asks meanwhile waits.
 * @param answer comes about once the app is ready.
 */
export function listenEarly(ipcMain: Pick<IpcMain, 'handle'>, answer: Promise<AnswerCall>): void {
  for (const name of CALL_NAMES) {
    ipcMain.handle(channelOf(name), async (event, payload: unknown) =>
      (await answer)(name, event, payload),
    );
  }
}
