import { BrowserWindow, type Session } from 'electron';

interface Parts {
  readonly session: Session;
  readonly address: string;
  readonly icon: string;
  /** Path of the script that sets `navigator.globalPrivacyControl`; null where the signal is off. */
  readonly signalScript: string | null;
}

/** A window on a service's own pages: no power of ours, no Node, and nothing of it is kept. */
export function openSiteWindow({ session, address, icon, signalScript }: Parts): BrowserWindow {
  const window = new BrowserWindow({
    width: 1040,
    height: 720,
    icon,
    autoHideMenuBar: true,
    webPreferences: {
      session,
      ...(signalScript === null ? {} : { preload: signalScript }),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      // In a sandbox this only says that frames get the same script, which carries the signal.
      nodeIntegrationInSubFrames: signalScript !== null,
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
  void window.loadURL(address).catch(() => undefined);
  return window;
}
