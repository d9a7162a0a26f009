import { BrowserWindow, nativeTheme, type Session } from 'electron';
import { PAGE_ADDRESS } from './page-scheme.js';
import { LEAST_SIZE, type Opening } from './place.js';

interface Parts {
  readonly session: Session;
  /** BCP 47 tag of the language to show the page in. */
  readonly lang: string;
  /** Path of the built preload script. */
  readonly preload: string;
  /** Path of the window's icon. */
  readonly icon: string;
  /** Where on the desktop. */
  readonly opening: Opening;
  readonly devTools: boolean;
}

/** The paper of both themes, so that the first frame does not flash; the same values as in the page's tokens. */
const PAPER = { light: '#ffffff', dark: '#1b1b1f' };

/** Opens a window on our page: sandboxed, isolated, without Node. */
export function openMainWindow(parts: Parts): BrowserWindow {
  const { session, lang, preload, icon, opening, devTools } = parts;
  const { isMaximized, ...bounds } = opening;
  const window = new BrowserWindow({
    ...bounds,
    minWidth: LEAST_SIZE.width,
    minHeight: LEAST_SIZE.height,
    title: 'Sayso',
    icon,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? PAPER.dark : PAPER.light,
    webPreferences: {
      session,
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools,
    },
  });
  if (isMaximized) window.maximize();
  void window.loadURL(`${PAGE_ADDRESS}?lang=${encodeURIComponent(lang)}`);
  return window;
}
