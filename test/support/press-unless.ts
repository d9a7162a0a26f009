import type { Locator } from 'playwright';
import { expect } from 'vitest';

/** How long one attempt waits for a control to be there and to stand still. */
const ATTEMPT_MS = 1000;

/**
 * Presses a control that the app takes away by itself once there is nothing left to press it for (it looks again when its
 * window comes to the front, and tries again after a while). Never presses once `done` is shown: a click that is still
 * waiting would hit whatever has the same name later.
 */
export async function pressUnless(done: Locator, control: Locator): Promise<void> {
  const attempt = async (): Promise<boolean> => {
    if (await done.isVisible()) return true;
    return control.click({ timeout: ATTEMPT_MS }).then(
      () => true,
      () => false,
    );
  };
  await expect.poll(attempt, { timeout: 30_000, interval: 50 }).toBe(true);
}
