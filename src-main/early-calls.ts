import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import { CALL_NAMES, channelOf, type CallName } from '../src-shared/ipc-contract.js';
import type { FirstSnapshot } from './first-view/index.js';

/** Answers one call of a window, after checking who asks and what. */
export type AnswerCall = (
  name: CallName,
  event: IpcMainInvokeEvent,
  payload: unknown,
) => Promise<unknown>;

/**
 * Listens to every call of the contract from the first moment on, so that the page can be fetched while the rest of the app
 * is still loading; what it asks meanwhile waits.
 * @param first answers the page's first question before that, where it can.
 * @param answer comes about once the app is ready.
 * @param onCall told of every call.
 */
export function listenEarly(
  ipcMain: Pick<IpcMain, 'handle'>,
  first: Pick<FirstSnapshot, 'answer'>,
  answer: Promise<AnswerCall>,
  onCall: (name: CallName) => void,
): void {
  /** Once it is there nothing waits for it any more, not even the turn that a promise takes. */
  let ready: AnswerCall | null = null;
  const whenReady = answer.then((it) => (ready = it));
  const answerEarly: AnswerCall = async (name, event, payload) => {
    onCall(name);
    return (await first.answer(name, event, payload)) ?? (await whenReady)(name, event, payload);
  };
  for (const name of CALL_NAMES) {
    ipcMain.handle(channelOf(name), (event, payload: unknown) =>
      (ready ?? answerEarly)(name, event, payload),
    );
  }
}
