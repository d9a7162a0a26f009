import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from './temporary-folder.js';

/** A file system of a test's own, small enough to be filled. */
export interface SmallDisk {
  readonly folder: string;
  /** Takes every byte that is left but so many KiB; left out: every byte. */
  fill(butKibibytes?: number): void;
  /** Gives back what `fill` took. */
  free(): void;
  /** Lets nothing be written any more, by whomever. */
  makeReadOnly(): void;
  readonly remove: () => void;
}

function mount(...args: string[]): void {
  const done = spawnSync('mount', args, { encoding: 'utf8' });
  if (done.status !== 0) {
    throw new Error(
      `a file system of its own needs root and mount(8): ${done.error ?? done.stderr}`,
    );
  }
}

/** Whether this process can mount one. */
export function canMount(): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0;
}

/** @param kibibytes how much it holds. */
export function smallDisk(kibibytes: number): SmallDisk {
  const { folder: point, remove } = temporaryFolder('disk');
  mount('-t', 'tmpfs', '-o', `size=${kibibytes}k`, 'tmpfs', point);
  const folder = path.join(point, 'profile');
  mkdirSync(folder);
  const filler = path.join(point, 'filler');
  return {
    folder,
    fill(butKibibytes = 0) {
      for (const size of [64 * 1024, 4096, 512]) {
        for (let full = false; !full;) {
          try {
            writeFileSync(filler, Buffer.alloc(size, 1), { flag: 'a' });
          } catch {
            full = true;
          }
        }
      }
      truncateSync(filler, Math.max(0, statSync(filler).size - butKibibytes * 1024));
    },
    free() {
      rmSync(filler, { force: true });
    },
    makeReadOnly() {
      mount('-o', 'remount,ro', point);
    },
    remove() {
      // Lazily, so that a file which a failed test left open holds nothing up.
      spawnSync('umount', ['--lazy', point]);
      remove();
    },
  };
}
