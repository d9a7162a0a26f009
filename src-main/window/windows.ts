import type { BrowserWindow, IpcMainInvokeEvent, WebContents } from 'electron';
import { channelOf, type EventName, type Events } from '../../src-shared/ipc-contract.js';
import { createAskingFrame } from './asking-frame.js';
import { isPageAddress } from './page-scheme.js';

/** Every window of the app, kept in step by the same events. */
export interface Windows {
  add(window: BrowserWindow): void;
  send<Name extends EventName>(name: Name, payload: Events[Name]): void;
  /** Whether a message comes from the top frame of one of these windows, showing our own page. */
  isOurs(event: IpcMainInvokeEvent): boolean;
  /** Whether some window is to be seen, not only running. */
  isInFront(): boolean;
  /** Whether some window shows our page and can still answer. */
  isUsable(): boolean;
  /** Loads the page of every window anew, in a process of its own, so that nothing of what it showed stays in its memory. */
  renew(): void;
  /** Brings the newest window to the person. */
  show(): void;
}

/**
 * @param onFocus told when the person comes back to a window.
 * @param mayCloseLast asked when the person closes the only window there is.
 */
export function createWindows(
  onFocus: () => void,
  mayCloseLast: () => boolean = () => true,
): Windows {
  const windows = new Set<BrowserWindow>();
  const askingFrame = createAskingFrame();
  return {
    add(window) {
      windows.add(window);
      askingFrame.follow(window.webContents);
      window.on('focus', onFocus);
      window.on('close', (event) => {
        if (windows.size === 1 && !mayCloseLast()) event.preventDefault();
      });
      window.on('closed', () => windows.delete(window));
    },
    send(name, payload) {
      for (const window of windows) {
        if (!window.isDestroyed()) window.webContents.send(channelOf(name), payload);
      }
    },
    isOurs(event) {
      const isKnown = [...windows].some(({ webContents }) => webContents === event.sender);
      return isKnown && askingFrame.isOurPage(event);
    },
    isUsable: () =>
      [...windows].some(({ webContents }) => {
        const isThere = !webContents.isDestroyed() && !webContents.isCrashed();
        return isThere && !webContents.isLoadingMainFrame() && isPageAddress(webContents.getURL());
      }),
    isInFront: () => [...windows].some((window) => window.isVisible() && !window.isMinimized()),
    renew() {
      for (const window of windows) {
        if (!window.isDestroyed()) void renewPage(window.webContents);
      }
    },
    show() {
      const window = [...windows].at(-1);
      if (window?.isMinimized()) window.restore();
      window?.show();
      window?.focus();
    },
  };
}

/** Belongs to no site, so it is shown by another process than the page before it; that one then ends, and its memory with it. */
const NOTHING = 'data:text/html,';

async function renewPage(contents: WebContents): Promise<void> {
  const address = contents.getURL();
  // Nothing of an account is on it, or it is on its way to be loaded anew already.
  if (!isPageAddress(address)) return;
  try {
    await contents.loadURL(NOTHING);
    await contents.loadURL(address);
    contents.navigationHistory.clear();
  } catch {
    // The window was closed meanwhile.
  }
}
