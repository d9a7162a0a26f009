import type { CallName } from '../../src-shared/ipc-contract.js';
import type { RunningApp } from './stage.js';

/** What the main process of the app under test is made to remember. */
interface Held {
  counts?: Record<string, number>;
  waiting?: unknown[];
}

/** Lets a call of the page wait for ever, and counts how often it is made. */
export async function holdUp(
  { electron }: RunningApp,
  call: CallName,
): Promise<() => Promise<number>> {
  const channel = `sayso:${call}`;
  await electron.evaluate(({ ipcMain }, name) => {
    const held = globalThis as unknown as Held;
    held.counts = { ...held.counts, [name]: 0 };
    held.waiting ??= [];
    ipcMain.removeHandler(name);
    ipcMain.handle(name, () => {
      held.counts = { ...held.counts, [name]: (held.counts?.[name] ?? 0) + 1 };
      // Electron answers with an error when an answer that nobody holds any more is collected as garbage.
      return new Promise((resolve) => held.waiting?.push(resolve));
    });
  }, channel);
  return () =>
    electron.evaluate(
      (_electron, name) => (globalThis as unknown as Held).counts?.[name] ?? 0,
      channel,
    );
}
