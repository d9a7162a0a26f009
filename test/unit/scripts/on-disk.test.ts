import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderOnDisk } from '../../../scripts/bench/on-disk.mjs';
import { temporaryFolder } from './temporary.js';

const EXT4 = 0xef53;

describe.runIf(process.platform === 'linux')('where measured commits go', () => {
  it('is where temporary files go, if that is a disk', async () => {
    const instead = path.join(await temporaryFolder(), 'instead');
    const ask = () => Promise.resolve({ type: EXT4 });
    expect(await folderOnDisk('/somewhere', instead, ask)).toBe('/somewhere');
    expect(existsSync(instead)).toBe(false);
  });

  it('is elsewhere, and there, if temporary files go to memory', async () => {
    const instead = path.join(await temporaryFolder(), 'instead');
    expect(await folderOnDisk('/dev/shm', instead)).toBe(instead);
    expect(existsSync(instead)).toBe(true);
  });
});
