import type { App, Session } from 'electron';
import { PAGE_SCHEME } from './page-scheme.js';

/** Denies by default: no page, whatever it is, gets a permission, a new window, a webview or another address. */
export function lockDownContents(app: App): void {
  app.on('web-contents-created', (_created, contents) => {
    contents.on('will-navigate', (event) => {
      event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => {
      event.preventDefault();
    });
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}

/** The session of our own windows reaches nothing but our own page; it is in memory and leaves nothing behind. */
export function lockDownSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest(({ url }, answer) => {
    answer({ cancel: !url.startsWith(`${PAGE_SCHEME}:`) && !url.startsWith('devtools:') });
  });
  // Otherwise Chromium asks a server of its maker for a dictionary, with spell checking off too.
  session.setSpellCheckerLanguages([]);
}
