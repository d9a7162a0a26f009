import { cpSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newRandomId } from '../../../src-main/fingerprints.js';
import { openDatabase } from '../../../src-main/store/open-database.js';
import { openStore } from '../../../src-main/store/index.js';
import { bundledProgram, type BundledProgram } from '../../support/client/bundled-child.js';
import { openRig, type Rig } from '../../support/client/core-rig.js';
import { memoryKeychain } from '../../support/client/memory-keychain.js';
import { mustOpen } from '../../support/client/open-store.js';
import { decisionsIn, outboxIn } from '../../support/client/rows.js';
import { START_MS } from '../../support/client/sample-decision.js';
import { canMount, smallDisk, type SmallDisk } from '../../support/client/small-disk.js';
import { temporaryFolder } from '../../support/client/temporary-folder.js';

let program: BundledProgram;
beforeAll(async () => {
  program = await bundledProgram('deciding-child');
});
afterAll(() => program.remove());

function rigOn(folder: string): Rig {
  return openRig({
    folder,
    fetch: () => Promise.reject(new TypeError('no network')),
    server: 'http://127.0.0.1:9',
    keychain: memoryKeychain(),
    clock: { nowMs: START_MS },
  });
}

const PRESSES = ['accept-all', 'necessary-only'] as const;

function press(rig: Rig, index: number) {
  const action = PRESSES[index % 2] ?? ('withdraw' as const);
  const { revision } = rig.view();
  const input = { service: 'alpha', revision, action, surface: 'settings' as const, choices: {} };
  return rig.handlers['consent.decide'](input);
}

/** Presses until the disk takes no more. @returns how many were kept, and the first answer that says no. */
async function pressUntilFull(rig: Rig) {
  for (let kept = 0; kept < 20_000; kept += 1) {
    const outcome = await press(rig, kept);
    if (!outcome.ok) return { kept, error: outcome.error };
  }
  throw new Error('the disk never became full');
}

async function onSmallDisk(work: (disk: SmallDisk) => Promise<void>): Promise<void> {
  const disk = smallDisk(2048);
  try {
    await work(disk);
  } finally {
    disk.remove();
  }
}

describe.runIf(canMount())('a disk that is full', () => {
  it('is told with its cause; what was kept is whole, and what comes after it is kept again', () =>
    onSmallDisk(async (disk) => {
      const rig = rigOn(disk.folder);
      expect((await press(rig, 0)).ok).toBe(true);
      disk.fill();
      const { kept, error } = await pressUntilFull(rig);
      expect(error).toEqual({ code: 'not-saved', cause: 'full' });
      expect(decisionsIn(rig.file)).toHaveLength(1 + kept);
      // What the window shows is what is on the disk, not what was tried.
      const states = rig.states();
      const input = {
        service: 'alpha',
        email: 'a@example.org',
        password: 'long enough',
        remember: true,
      };
      expect(await rig.handlers['session.signIn'](input)).toEqual({
        ok: false,
        error: { code: 'not-saved', cause: 'full' },
      });
      disk.free();
      expect(rig.states()).toEqual(states);
      expect((await press(rig, kept)).ok).toBe(true);
      await rig.stop();
      const again = rigOn(disk.folder);
      const rows = decisionsIn(again.file).map(({ decision }) => decision);
      expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, index) => index + 1));
      expect(rows).toHaveLength(kept + 2);
      await again.stop();
    }));

  it('keeps nobody out after a crash whose log it cannot take into the file', () =>
    onSmallDisk(async (disk) => {
      const { folder, remove } = temporaryFolder('crashed');
      try {
        const rig = rigOn(folder);
        for (let index = 0; index < 40; index += 1) await press(rig, index);
        for (const end of ['', '-wal', '-shm'])
          cpSync(rig.file + end, path.join(disk.folder, `sayso.db${end}`));
        const kept = decisionsIn(rig.file);
        await rig.stop();
        // Enough to open it, and not for what the log would add to the file.
        disk.fill(48);
        const file = path.join(disk.folder, 'sayso.db');
        const opened = openDatabase(file);
        expect(opened.ok).toBe(true);
        expect(decisionsIn(file)).toEqual(kept);
        if (opened.ok) opened.value.close();
      } finally {
        remove();
      }
    }));

  it('is told when a profile is to be made on it', () =>
    onSmallDisk((disk) => {
      disk.fill();
      const fresh = openStore(path.join(disk.folder, 'sayso.db'), newRandomId);
      expect(fresh).toMatchObject({ ok: false, error: { code: 'full' } });
      return Promise.resolve();
    }));
});

describe('a file that must not grow any more', () => {
  it(
    'is told too, and every decision that was confirmed is whole',
    { timeout: 120_000 },
    async () => {
      const { folder, remove } = temporaryFolder('limited');
      try {
        // In blocks of 512 bytes: enough for the first tables and the policies, not for many decisions.
        const child = program.startAfter('ulimit -f 1600', [folder]);
        await child.ended;
        const lines = child.lines();
        const confirmed = lines.slice(0, -1);
        expect(JSON.parse(lines.at(-1) ?? '{}'), child.errors()).toMatchObject({
          code: 'not-saved',
        });
        expect(confirmed.length).toBeGreaterThan(0);
        const file = path.join(folder, 'sayso.db');
        const store = mustOpen(file);
        expect(decisionsIn(file).map(({ decision }) => decision.id)).toEqual(confirmed);
        expect(outboxIn(file, 'waiting')).toEqual(confirmed);
        store.close();
      } finally {
        remove();
      }
    },
  );
});
