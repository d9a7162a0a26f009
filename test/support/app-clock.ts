import type { RunningApp } from './stage.js';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Moves the clock that the app's main process reads, as setting the system's clock would: by so many days from the real one. */
export async function moveClock({ electron }: RunningApp, days: number): Promise<void> {
  await electron.evaluate((_, offsetMs) => {
    const known = globalThis as unknown as { realNow?: () => number };
    const realNow = (known.realNow ??= Date.now.bind(Date));
    Date.now = () => realNow() + offsetMs;
  }, days * DAY_MS);
}

/** What the system says when the machine wakes up: the app looks at the clock then. */
export async function wakeFromSleep({ electron }: RunningApp): Promise<void> {
  await electron.evaluate(({ powerMonitor }) => {
    powerMonitor.emit('resume');
  });
}
