import type { App, Session, WebContents } from 'electron';

/**
 * Denies by default: no page, whatever it is, gets a permission, a new window, a webview or another address.
 * @param isForeign whether it is a service's own page, which may go from address to address: the gate holds each request.
 */
export function lockDownContents(
  app: App,
  isForeign: (contents: WebContents) => boolean = () => false,
): void {
  app.on('web-contents-created', (_created, contents) => {
    contents.on('will-navigate', (event) => {
      if (!isForeign(contents)) event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => {
      event.preventDefault();
    });
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}

/** Every scheme that leads out of the window. */
const FOREIGN = ['http', 'https', 'ws', 'wss', 'ftp', 'file'].map((scheme) => `${scheme}://*/*`);

/** The session of our own windows reaches nothing but our own page; it is in memory and leaves nothing behind. */
export function lockDownSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  // Everything but our own scheme, by name: a filter without names would also hold up each of our own files.
  session.webRequest.onBeforeRequest({ urls: [...FOREIGN] }, (_request, answer) => {
    answer({ cancel: true });
  });
  // Otherwise Chromium asks a server of its maker for a dictionary, with spell checking off too.
  session.setSpellCheckerLanguages([]);
}
