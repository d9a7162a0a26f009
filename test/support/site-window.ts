import type { RunningApp } from './stage.js';

/** Runs a script in the window on a service's own pages; what it comes to, or null where there is no such window. */
export function inSite({ electron }: RunningApp, code: string): Promise<unknown> {
  return electron.evaluate(async ({ BrowserWindow }, script) => {
    const site = BrowserWindow.getAllWindows().find(({ webContents }) =>
      webContents.getURL().startsWith('http'),
    );
    if (!site) return null;
    // A window that closes meanwhile never answers.
    const closed = new Promise((resolve) => {
      site.once('closed', () => {
        resolve(null);
      });
    });
    const answer = site.webContents.executeJavaScript(script) as Promise<unknown>;
    return Promise.race([answer, closed]);
  }, code);
}

/** How many windows on services' own pages there are. */
export function siteWindows({ electron }: RunningApp): Promise<number> {
  return electron.evaluate(
    ({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().filter(({ webContents }) =>
        webContents.getURL().startsWith('http'),
      ).length,
  );
}
