import { createBootClock, createUptime } from '../clock/index.js';
import { readKnownProfiles } from '../policy/index.js';
import { openForReading } from '../store/index.js';
import { composeFirstView } from './compose.js';
import type { FirstView, FirstViewTask } from './types.js';

/**
 * Reads what the first page shows: a file of its own in the build, with as little in it as that takes, so that the page need not
 * wait for the whole app.
 * @returns null where the app has to look itself.
 */
export async function readFirstView(task: FirstViewTask): Promise<FirstView | null> {
  const store = openForReading(task.file);
  if (!store) return null;
  try {
    const known = store.meta.soundServices();
    const profiles = await readKnownProfiles(task.services, task.version, known);
    if (!profiles) return null;
    return composeFirstView({
      store,
      profiles,
      lang: task.lang,
      asked: task.asked,
      nowMs: Date.now,
      sinceBootMs: createBootClock(createUptime(), () => performance.now(), Date.now),
    });
  } finally {
    store.close();
  }
}
