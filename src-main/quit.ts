import { app } from 'electron';

/** What a stop may still wait for before the app closes anyway. */
const LONGEST_STOP_MS = 2000;

/** Closing the last window quits; quitting lets what is being written come to its end first, but not for ever. */
export function stopInOrder(stop: () => Promise<void> | undefined): void {
  let stopped = false;
  app.on('window-all-closed', () => {
    app.quit();
  });
  app.on('before-quit', (event) => {
    if (stopped) return;
    event.preventDefault();
    const limit = new Promise<void>((resolve) => {
      setTimeout(resolve, LONGEST_STOP_MS);
    });
    void Promise.race([stop(), limit]).finally(() => {
      stopped = true;
      app.quit();
    });
  });
}
