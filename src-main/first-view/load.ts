import { turn } from '../turn.js';
import type { FirstView, FirstViewTask } from './types.js';

/** The built file that reads it. */
interface FirstViewFile {
  readonly readFirstView: (task: FirstViewTask) => Promise<FirstView | null>;
}

/**
 * Loads that file and reads. Never fails: what is stumbled over here the app meets itself, and says what it is.
 * @param script the built `first-view`.
 * @returns null where the app has to look itself.
 */
export async function loadFirstView(script: URL, task: FirstViewTask): Promise<FirstView | null> {
  // Behind the answer that the page waits for.
  await turn();
  try {
    const file = (await import(/* @vite-ignore */ script.href)) as FirstViewFile;
    return await file.readFirstView(task);
  } catch {
    return null;
  }
}
