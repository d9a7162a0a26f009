import type { IpcMainInvokeEvent, WebContents } from 'electron';
import { isPageAddress } from './page-scheme.js';

/** Whether messages come from the top frame of a window's contents, showing our own page. */
export interface AskingFrame {
  /** To be called once for each window, before it can send anything. */
  follow(contents: WebContents): void;
  isOurPage(event: IpcMainInvokeEvent): boolean;
}

interface Frame {
  readonly processId: number;
  readonly frameId: number;
}

/**
 * A frame that was looked at is known by its numbers, which no other frame has while its process lives. Electron builds an object
 * for the sender of each message that is asked who it is, which takes longer than the rest of the check, and a press waits for it.
 * A frame may show something else by and by, so that it is looked at anew after every navigation and after a process has gone.
 */
export function createAskingFrame(): AskingFrame {
  const known = new WeakMap<WebContents, Frame>();
  return {
    follow(contents) {
      const forget = (): void => void known.delete(contents);
      contents.on('did-start-navigation', forget);
      contents.on('did-frame-navigate', forget);
      contents.on('did-navigate-in-page', forget);
      contents.on('render-process-gone', forget);
    },
    isOurPage(event) {
      const { sender, processId, frameId } = event;
      const before = known.get(sender);
      if (before && before.processId === processId && before.frameId === frameId) return true;
      const { senderFrame } = event;
      if (senderFrame === null || senderFrame.parent !== null) return false;
      if (!isPageAddress(senderFrame.url)) return false;
      known.set(sender, { processId, frameId });
      return true;
    },
  };
}
