import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * @typedef {object} TourStep
 * @property {string} name
 * @property {boolean} ok
 * @property {string | null} screenshot file name within the tour's folder
 * @property {string} detail what was seen, or what went wrong
 */

/**
 * @typedef {object} Recorder
 * @property {(name: string, page: () => import('playwright').Page | null, act: () => Promise<string | void>) => Promise<boolean>} step
 *   runs one step and keeps how it ended, with a screenshot either way
 * @property {() => Promise<boolean>} finish writes tour.json; whether every step was good
 */

/**
 * Records the steps of a tour into a folder.
 *
 * @param {string} folder made where it is missing
 * @returns {Promise<Recorder>}
 */
export async function createRecorder(folder) {
  await mkdir(folder, { recursive: true });
  /** @type {TourStep[]} */
  const steps = [];
  return {
    async step(name, page, act) {
      const { ok, detail } = await attempt(act);
      const screenshot = await shoot(
        page(),
        folder,
        `${String(steps.length + 1).padStart(2, '0')}-${name}.png`,
      );
      steps.push({ name, ok, screenshot, detail });
      console.log(`${ok ? 'ok  ' : 'FAIL'} ${name}${detail ? `: ${detail}` : ''}`);
      return ok;
    },
    async finish() {
      const ok = steps.every((step) => step.ok);
      await writeFile(join(folder, 'tour.json'), `${JSON.stringify({ steps, ok }, null, 2)}\n`);
      return ok;
    },
  };
}

/** @param {() => Promise<string | void>} act @returns {Promise<{ ok: boolean, detail: string }>} */
async function attempt(act) {
  try {
    return { ok: true, detail: (await act()) ?? '' };
  } catch (error) {
    return { ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}

/** @returns {Promise<string | null>} the file's name, or null where there is no window to show */
async function shoot(page, folder, file) {
  if (!page || page.isClosed()) return null;
  try {
    await page.screenshot({ path: join(folder, file), animations: 'disabled' });
    return file;
  } catch {
    return null;
  }
}
