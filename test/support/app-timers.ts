import type { RunningApp } from './stage.js';

/** A wait of the app that a test does not sit through. */
export interface Wait {
  /** How long it ships, to the millisecond; every other wait stays as it is. */
  readonly ofMs: number;
  readonly toMs: number;
}

/** Runs in the app, so it may use nothing from outside itself. */
function shorten({ ofMs, toMs }: Wait): void {
  const realTimeout = globalThis.setTimeout;
  const realSignal = AbortSignal.timeout.bind(AbortSignal);
  const asked = (delayMs?: number) => (delayMs === ofMs ? toMs : delayMs);
  Object.assign(globalThis, {
    setTimeout: (run: () => void, delayMs?: number) => realTimeout(run, asked(delayMs)),
  });
  Object.assign(AbortSignal, { timeout: (delayMs: number) => realSignal(asked(delayMs) ?? 0) });
}

/** Timers of the app's main process that begin from now on; the app's own code stays as it ships. */
export async function shortenInMain({ electron }: RunningApp, wait: Wait): Promise<void> {
  // Playwright hands the function Electron's modules first.
  await electron.evaluate(`(_, wait) => (${shorten.toString()})(wait)`, wait);
}

/** Timers of the window's page that begin from now on, until it is loaded anew. */
export async function shortenInPage({ page }: RunningApp, wait: Wait): Promise<void> {
  await page.evaluate(shorten, wait);
}
