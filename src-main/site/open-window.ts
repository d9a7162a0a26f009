import { BrowserWindow, type Session } from 'electron';

interface Parts {
  readonly session: Session;
  readonly icon: string;
  /** Path of the script that takes WebRTC away and sets the opt-out signal's property. */
  readonly script: string;
  /** Whether that property is to be there. */
  readonly hasSignal: boolean;
}

/** A window for a service's own pages, not shown yet: no power of ours, no Node, and nothing of it is kept. */
export function createSiteWindow({ session, icon, script, hasSignal }: Parts): BrowserWindow {
  const window = new BrowserWindow({
    width: 1040,
    height: 720,
    show: false,
    icon,
    autoHideMenuBar: true,
    webPreferences: {
      session,
      preload: script,
      additionalArguments: hasSignal ? ['--sayso-signal'] : [],
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      // In a sandbox this only says that frames get the same script.
      nodeIntegrationInSubFrames: true,
      webviewTag: false,
      webSecurity: true,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: false,
    },
  });
  const { webContents } = window;
  // UDP passes by every proxy.
  webContents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  webContents.on('will-attach-webview', (event) => {
    event.preventDefault();
  });
  // A page that will not let go is closed all the same.
  webContents.on('will-prevent-unload', (event) => {
    event.preventDefault();
  });
  return window;
}

/**
 * Loads an address and shows the window as soon as an answer has begun to arrive, whatever it is.
 * @returns `not-reachable` where none came, and `closed` where somebody closed it meanwhile.
 */
export async function showSite(
  window: BrowserWindow,
  address: string,
): Promise<'shown' | 'not-reachable' | 'closed'> {
  const { webContents } = window;
  const arrived = new Promise<'shown' | 'not-reachable' | 'closed'>((resolve) => {
    window.once('closed', () => {
      resolve('closed');
    });
    webContents.once('did-navigate', () => {
      resolve('shown');
    });
    webContents.on('did-fail-load', (_event, _code, _words, _address, isMainFrame) => {
      if (isMainFrame) resolve('not-reachable');
    });
  });
  void window.loadURL(address).catch(() => undefined);
  const outcome = await arrived;
  if (outcome === 'shown') window.show();
  return outcome;
}
