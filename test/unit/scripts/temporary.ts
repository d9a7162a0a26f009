import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createKeeper } from '../../../scripts/lib/keeper.mjs';

/** A folder of the running test's own, removed when the test has finished. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sayso-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** What scripts are given to start processes with; whatever a test has left running is ended with it. */
export function testRun() {
  const keeper = createKeeper();
  const stop = new AbortController();
  onTestFinished(() => keeper.endAll());
  return { keeper, signal: stop.signal, stop };
}
