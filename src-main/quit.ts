import { app } from 'electron';

/** What a stop may still wait for before the app closes anyway. */
const LONGEST_STOP_MS = 2000;

/** Closing the last window quits; quitting lets what is being written come to its end first, but not for ever. */
export function stopInOrder(stop: () => Promise<void> | undefined): void {
  let stopping = false;
  app.on('window-all-closed', () => {
    app.quit();
  });
  app.on('before-quit', (event) => {
    event.preventDefault();
    if (stopping) return;
    stopping = true;
    const limit = new Promise<void>((resolve) => {
      setTimeout(resolve, LONGEST_STOP_MS);
    });
    void Promise.race([stop(), limit]).finally(() => {
      // Not quit again: a window that is only just opening may never answer whether it wants to close.
      app.exit(0);
    });
  });
}
