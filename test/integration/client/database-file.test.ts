import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../../src-main/store/index.js';
import { openDatabase } from '../../../src-main/store/open-database.js';
import { newRandomId } from '../../../src-main/fingerprints.js';
import { madeHere } from '../../support/client/new-entry.js';
import { mustCommit, mustOpen } from '../../support/client/open-store.js';
import { fingerprint } from '../../support/client/raw-files.js';
import { decisionsIn } from '../../support/client/rows.js';
import { sampleDecision } from '../../support/client/sample-decision.js';
import { canMount, smallDisk } from '../../support/client/small-disk.js';
import { temporaryFolder, type TemporaryFolder } from '../../support/client/temporary-folder.js';

let temporary: TemporaryFolder;
let file: string;
beforeEach(() => {
  temporary = temporaryFolder('database');
  file = path.join(temporary.folder, 'sayso.db');
});
afterEach(() => {
  temporary.remove();
});

/** Makes the file say that it was written by a Sayso that knows more. */
function makeNewer(ofFile: string): void {
  const database = new Database(ofFile);
  database.pragma('user_version = 99');
  database.close();
}

describe('the database file', () => {
  it('is written so that a commit is on the disk when it returns, and what goes is overwritten', () => {
    const opened = openDatabase(file);
    if (!opened.ok) throw new Error(opened.error.code);
    const setting = (name: string): unknown => opened.value.pragma(name, { simple: true });
    expect(setting('journal_mode')).toBe('wal');
    expect(setting('synchronous')).toBe(2);
    expect(setting('secure_delete')).toBe(1);
    expect(setting('foreign_keys')).toBe(1);
    opened.value.close();
  });

  it('is made where it is missing, folder and all, and opens again as it was', () => {
    const deep = path.join(temporary.folder, 'a', 'b', 'sayso.db');
    const store = mustOpen(deep);
    mustCommit(store, () => store.decisions.add(madeHere(store, sampleDecision(0))));
    const profileId = store.meta.profileId();
    store.close();
    const again = mustOpen(deep);
    expect(again.meta.profileId()).toBe(profileId);
    expect(again.decisions.byId(sampleDecision(0).id)).toEqual(sampleDecision(0));
    again.close();
  });

  it('writes all of a transaction or nothing of it', () => {
    const store = mustOpen(file);
    const trouble = new Error('in the middle');
    expect(() =>
      store.commit(() => {
        store.decisions.add(madeHere(store, sampleDecision(0)));
        throw trouble;
      }),
    ).toThrow(trouble);
    expect(decisionsIn(file)).toEqual([]);
    expect(store.register.headsOf('alpha', '', 'analytics')).toEqual([]);
    store.close();
  });

  it('of a newer Sayso is refused and left byte for byte as it was', () => {
    mustOpen(file).close();
    makeNewer(file);
    const before = fingerprint(file);
    expect(openStore(file, newRandomId)).toMatchObject({
      ok: false,
      error: { code: 'newer', found: 99, known: expect.any(Number) },
    });
    expect(fingerprint(file)).toEqual(before);
  });

  it('of a newer Sayso that was killed is left as it was, its log too', () => {
    mustOpen(file).close();
    const running = new Database(file);
    running.pragma('user_version = 99');
    running.prepare(`INSERT INTO meta VALUES ('only in the log', 'yes')`).run();
    const copy = path.join(temporary.folder, 'killed.db');
    for (const part of ['', '-wal']) copyFileSync(`${file}${part}`, `${copy}${part}`);
    running.close();
    const before = fingerprint(copy);
    expect(Object.keys(before)).toEqual(['', '-wal']);
    expect(openStore(copy, newRandomId)).toMatchObject({ error: { code: 'newer', found: 99 } });
    expect(fingerprint(copy)).toEqual(before);
  });

  it.each([
    [
      'another program’s',
      'This is a text and no database, though it is long enough to be read as one. '.repeat(90),
    ],
    ['cut short', 'SQLite format 3\0'],
  ])('that is %s is refused and left as it was', (_, content) => {
    writeFileSync(file, content);
    const before = fingerprint(file);
    expect(openStore(file, newRandomId)).toMatchObject({ ok: false, error: { code: 'broken' } });
    expect(fingerprint(file)).toEqual(before);
  });

  it('that is a folder is refused', () => {
    mkdirSync(file);
    expect(openStore(file, newRandomId).ok).toBe(false);
    expect(readdirSync(file)).toEqual([]);
  });
});

describe('a profile folder that nobody may write to', () => {
  it('is said to be read-only, and nothing in it changes', () => {
    const disk = canMount() ? smallDisk(2048) : null;
    const folder = disk?.folder ?? path.join(temporary.folder, 'profile');
    mkdirSync(folder, { recursive: true });
    const locked = path.join(folder, 'sayso.db');
    try {
      const store = mustOpen(locked);
      mustCommit(store, () => store.decisions.add(madeHere(store, sampleDecision(0))));
      store.close();
      const before = fingerprint(locked);
      if (disk) disk.makeReadOnly();
      else chmodSync(folder, 0o555);
      expect(openStore(locked, newRandomId)).toMatchObject({
        ok: false,
        error: { code: 'read-only' },
      });
      expect(fingerprint(locked)).toEqual(before);
      const fresh = path.join(folder, 'new', 'sayso.db');
      expect(openStore(fresh, newRandomId)).toMatchObject({
        ok: false,
        error: { code: 'read-only' },
      });
      expect(existsSync(fresh)).toBe(false);
    } finally {
      if (!disk) chmodSync(folder, 0o755);
      disk?.remove();
    }
  });
});
