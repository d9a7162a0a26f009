import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { FirstView } from '../../../src-main/first-view/index.js';
import { SqliteDatabase } from '../../../src-main/store/sqlite.js';
import type { ServiceView } from '../../../src-shared/views.js';
import { EMAILS } from '../../support/client/client-checks.js';
import { openRig, type Rig } from '../../support/client/core-rig.js';
import { fakeService, PASSWORD, type FakeService } from '../../support/client/fake-service.js';
import { memoryKeychain } from '../../support/client/memory-keychain.js';
import { quiet } from '../../support/client/quiet.js';
import { fingerprint } from '../../support/client/raw-files.js';
import { readFirstViewOf } from '../../support/client/read-first-view.js';
import { START_MS } from '../../support/client/sample-decision.js';
import { temporaryFolder } from '../../support/client/temporary-folder.js';

interface Profile {
  readonly file: string;
  readonly service: FakeService;
  readonly clock: { nowMs: number };
  /** Starts the client. @param told is given every view that goes to the window. */
  start(firstView?: FirstView | null, told?: ServiceView[], fingerprint?: string): Rig;
}

function profile(): Profile {
  const { folder, remove } = temporaryFolder('first-view');
  const clock = { nowMs: START_MS };
  const service = fakeService(() => clock.nowMs);
  const keychain = memoryKeychain();
  const open: Rig[] = [];
  onTestFinished(async () => {
    for (const rig of open) if (rig.isOpen()) await rig.stop();
    remove();
  });
  return {
    file: path.join(folder, 'sayso.db'),
    service,
    clock,
    start(firstView = null, told = [], fingerprint = 'of sound files') {
      const parts = {
        folder,
        fetch: service.fetch,
        server: 'http://127.0.0.1:9',
        keychain,
        clock,
        fingerprint,
      };
      const rig = openRig({
        ...parts,
        firstView,
        onServiceChanged: (view) => void told.push(view),
      });
      open.push(rig);
      return rig;
    },
  };
}

function press(rig: Rig, revision: number, choices: Record<string, 'granted' | 'denied'>) {
  return rig.handlers['consent.decide']({
    service: 'alpha',
    revision,
    action: 'save',
    surface: 'settings',
    choices,
  });
}

async function signedIn(rig: Rig, remember: boolean): Promise<void> {
  const credentials = { service: 'alpha', email: EMAILS[0], password: PASSWORD, remember };
  expect(await rig.handlers['session.signIn'](credentials)).toMatchObject({ ok: true });
}

/** Changes a closed database behind the client's back. */
function inDatabase(file: string, statement: string): void {
  const database = new SqliteDatabase(file);
  database.exec(statement);
  database.close();
}

/** A profile with a decision in it, closed. */
async function decided(how: 'stop' | 'crash' = 'stop'): Promise<Profile> {
  const made = profile();
  const rig = made.start();
  expect((await press(rig, rig.view().revision, { analytics: 'granted' })).ok).toBe(true);
  await rig[how]();
  return made;
}

function mustRead(made: Profile): FirstView {
  const first = readFirstViewOf(made.file, made.clock);
  if (!first) throw new Error('nothing was read');
  return first;
}

test.for(['stop', 'crash'] as const)(
  'after a %s it is what the app shows, nobody is told twice, and its screens are answered like any other',
  async (how) => {
    const made = await decided(how);
    const first = mustRead(made);
    expect(first.services.map(({ id }) => id)).toEqual(['alpha', 'beta']);
    expect(first.opened).toBe('alpha');
    const told: ServiceView[] = [];
    const rig = made.start(first, told);
    rig.core.tell();
    expect(told).toEqual([]);
    expect(first.services).toEqual([rig.view('alpha'), rig.view('beta')]);
    expect(first.policy).toEqual(rig.core.policies.view('alpha'));
    const revision = first.services[0]?.revision ?? 0;
    expect((await press(rig, revision, { advertising: 'granted' })).ok).toBe(true);
    expect(rig.states()).toEqual({ analytics: 'granted', advertising: 'granted' });
  },
);

test('reading it writes nothing, also where a crash left a log', async () => {
  for (const how of ['stop', 'crash'] as const) {
    const made = await decided(how);
    const before = fingerprint(made.file);
    mustRead(made);
    expect(fingerprint(made.file)).toMatchObject(before);
  }
});

test('what has changed by the time the app is there is told, and is another screen where a press would mean something else', async () => {
  const made = await decided();
  const first = mustRead(made);
  made.clock.nowMs += 400 * 24 * 60 * 60 * 1000;
  const told: ServiceView[] = [];
  made.start(first, told).core.tell();
  const alpha = told.find(({ id }) => id === 'alpha');
  expect(alpha?.purposes.find(({ id }) => id === 'analytics')?.state).toBe('expired');

  const other = await decided();
  const before = mustRead(other);
  const rig = other.start();
  expect((await press(rig, rig.view().revision, { analytics: 'denied' })).ok).toBe(true);
  await rig.stop();
  const late = other.start(before);
  const shown = before.services[0]?.revision ?? 0;
  expect(late.view().revision).toBeGreaterThan(shown);
});

test('somebody who stays signed in is shown as being unlocked, with what waits', async () => {
  const made = profile();
  const rig = made.start();
  await signedIn(rig, true);
  await quiet(made.service);
  made.service.network = 'offline';
  expect((await press(rig, rig.view().revision, { analytics: 'denied' })).ok).toBe(true);
  await rig.stop();
  const first = mustRead(made);
  expect(first.services[0]).toMatchObject({
    subject: { kind: 'unlocking' },
    sync: { state: 'waiting', waiting: 1 },
  });
  expect(first.services).toEqual(
    ['alpha', 'beta'].map((id) => made.start(first).view(id)).slice(0, 2),
  );
});

test('the service asked for is opened, where there is one of that name', async () => {
  const made = await decided();
  const opened = (asked: string) => readFirstViewOf(made.file, made.clock, asked)?.opened;
  expect([opened('beta'), opened('nobody'), opened('')]).toEqual(['beta', 'alpha', 'alpha']);
});

test.for<[string, (made: Profile) => void | Promise<void>]>([
  [
    'a session that was not to outlive the app',
    async (made) => {
      const rig = made.start();
      await signedIn(rig, false);
      await quiet(made.service);
      await rig.crash();
    },
  ],
  [
    'a row that somebody has changed',
    ({ file }) => {
      inDatabase(file, `UPDATE head SET choice = 'denied'`);
    },
  ],
  [
    'a ledger that is not believed',
    async (made) => {
      const rig = made.start();
      rig.store.commit(() => {
        rig.store.meta.setSuspect('beta', 'older');
      });
      await rig.stop();
    },
  ],
  [
    'a service that is being forgotten',
    async (made) => {
      const rig = made.start();
      rig.store.meta.setForgetting('alpha');
      await rig.crash();
    },
  ],
  [
    'a sign-out that is to erase',
    async (made) => {
      const rig = made.start();
      rig.store.meta.setEraseAfterSignOut('alpha', true);
      await rig.crash();
    },
  ],
  [
    'another schema',
    ({ file }) => {
      inDatabase(file, 'PRAGMA user_version = 1');
    },
  ],
  [
    'a folder of another profile',
    ({ file }) => {
      writeFileSync(
        path.join(path.dirname(file), 'profile-id'),
        '0b6f1b9c-0000-4000-8000-000000000000\n',
      );
    },
  ],
])('is left to the app where there is %s', async ([, change]) => {
  const made = await decided();
  expect(readFirstViewOf(made.file, made.clock)).not.toBeNull();
  await change(made);
  expect(readFirstViewOf(made.file, made.clock)).toBeNull();
});

test('is left to the app where there is no database yet', () => {
  const { file, clock } = profile();
  expect(readFirstViewOf(file, clock)).toBeNull();
});

test('files that are sound are known again at the next start, and others in their place are not', async () => {
  const made = await decided();
  const known = async (fingerprint: string): Promise<string | null> => {
    const rig = made.start(null, [], fingerprint);
    const found = rig.store.meta.soundServices();
    await rig.stop();
    return found;
  };
  expect(await known('of sound files')).toBe('of sound files');
  expect(await known('of other files')).toBe('of other files');
});
