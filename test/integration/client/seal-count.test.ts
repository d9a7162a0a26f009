import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Store } from '../../../src-main/store/index.js';
import { mustOpen } from '../../support/client/open-store.js';
import { canMount, smallDisk } from '../../support/client/small-disk.js';

/** Something small that each commit has to write. */
const turn = (store: Store, isOn: boolean) =>
  store.commit(() => {
    store.meta.setOptOutSignal('alpha', isOn);
  });

describe.runIf(canMount())('the count of commits in the seal', () => {
  it('knows nothing of a commit that the disk did not take, although its seal was made', () => {
    const disk = smallDisk(2048);
    try {
      const file = path.join(disk.folder, 'sayso.db');
      const store = mustOpen(file);
      disk.fill();
      let before = store.seal.latest();
      let commits = 0;
      // In the log there may still be room for some. What it writes goes to the disk with the commit itself, behind the seal.
      while (turn(store, commits % 2 === 0).ok) {
        const now = store.seal.latest();
        expect(now.commits).toBe(before.commits + 1);
        before = now;
        commits += 1;
        expect(commits).toBeLessThan(20_000);
      }
      expect(store.seal.latest()).toEqual(before);
      disk.free();
      expect(turn(store, commits % 2 === 0).ok).toBe(true);
      const after = store.seal.latest();
      expect(after.commits).toBe(before.commits + 1);
      store.close();
      const again = mustOpen(file);
      expect(again.openedAs).toEqual(after);
      again.close();
    } finally {
      disk.remove();
    }
  });
});
