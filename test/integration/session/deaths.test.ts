import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isDeep } from '../../support/counts.js';
import { bundledProgram, type BundledProgram } from '../../support/client/bundled-child.js';
import { countIn, decisionsIn } from '../../support/client/rows.js';
import { newEmail, until } from '../../support/client/server-world.js';
import { temporaryFolder } from '../../support/client/temporary-folder.js';
import { fileKeychain, secretsIn } from '../../support/faults/file-keychain.js';
import { oneConnectionEach } from '../../support/faults/one-connection-each.js';
import { mustStart, type StartedApp } from '../../support/faults/open-profile-rig.js';
import { PASSWORD, type Act } from '../../support/faults/signing-child.js';
import type { StepLine } from '../../support/faults/steps.js';
import { call } from '../server/support/client.js';
import { startTestServer, type TestServer } from '../server/support/test-server.js';

let program: BundledProgram;
let server: TestServer;
beforeAll(async () => {
  const folder = path.resolve(import.meta.dirname, '../../support/faults');
  program = await bundledProgram('signing-child', folder);
  server = await startTestServer();
});
afterAll(async () => {
  await program.remove();
  await server.remove();
});

/** How many sessions of an account are open at the server. */
function openSessions(email: string): number {
  const sql = `SELECT count(*) AS n FROM sessions JOIN accounts ON accounts.id = sessions.account_id
    WHERE email = ? AND ended_at_ms IS NULL`;
  return (server.database.prepare(sql).get(email) as { n: number }).n;
}

interface Place {
  readonly folder: string;
  readonly keychain: string;
  readonly file: string;
}

/** The secrets of sessions in the keychain; an anchor is none. */
function secretKinds({ keychain }: Place): string[] {
  const kinds = [...secretsIn(keychain).keys()].map((account) => account.split('/').at(-1) ?? '');
  return kinds.filter((kind) => kind !== 'anchor').toSorted();
}

/** Lets the child do it until it dies at a step. @returns what it said. */
async function dieAt(place: Place, act: Act, email: string, step: number): Promise<StepLine[]> {
  const { folder, keychain } = place;
  const child = program.start([folder, keychain, server.origin, act, email, String(step)]);
  await child.ended;
  const lines = child.lines().map((line) => JSON.parse(line) as StepLine);
  if (lines.length === 0) throw new Error(`it did nothing: ${child.errors()}`);
  return lines;
}

async function startAgain(place: Place): Promise<StartedApp> {
  const app = mustStart({
    folder: place.folder,
    keychain: fileKeychain(place.keychain),
    server: server.origin,
    fetch: oneConnectionEach,
  });
  await app.core.begin();
  return app;
}

/** The next start has come to one of the two whole states, here and at the server, and no other. */
async function isWhole(app: StartedApp, place: Place, email: string): Promise<'in' | 'out'> {
  const { kind } = app.view('alpha').subject;
  expect(['signed-in', 'signed-out']).toContain(kind);
  if (kind === 'signed-in') {
    await until(() => expect(app.view('alpha').sync.state).toBe('synced'));
    expect(secretKinds(place)).toEqual(['device', 'token', 'vault']);
    expect(countIn(place.file, 'session')).toBe(1);
    await until(() => expect(openSessions(email)).toBe(1));
    expect(app.view('alpha').subject).toMatchObject({ email });
    return 'in';
  }
  await until(() => {
    expect(countIn(place.file, 'revoke_handle')).toBe(0);
    expect(openSessions(email)).toBe(0);
  });
  expect(secretKinds(place)).toEqual([]);
  for (const table of ['session', 'vault', 'outbox', 'parting'])
    expect([table, countIn(place.file, table)]).toEqual([table, 0]);
  const ofAccounts = decisionsIn(place.file).filter(({ decision }) => decision.subject !== null);
  expect(ofAccounts).toEqual([]);
  return 'out';
}

/** Dies at every step in turn, until the act comes to its end first. @returns the step and the state after each death. */
async function atEveryStep(act: Act): Promise<{ step: string; then: 'in' | 'out' }[]> {
  const found: { step: string; then: 'in' | 'out' }[] = [];
  for (let step = 1; ; step += 1) {
    const { folder, remove } = temporaryFolder('death');
    const place = {
      folder,
      keychain: path.join(folder, 'keychain.json'),
      file: path.join(folder, 'sayso.db'),
    };
    const email = newEmail();
    try {
      if (act === 'sign-in') {
        const body = { email, password: PASSWORD };
        await call(`${server.origin}/alpha/v1/accounts`, 'POST', { body });
      }
      const lines = await dieAt(place, act, email, step);
      const last = lines.at(-1);
      const app = await startAgain(place);
      const then = await isWhole(app, place, email);
      await app.stop();
      if (last && 'done' in last) {
        expect(last).toEqual({ done: true, detail: null });
        expect(then).toBe(act === 'create' || act === 'sign-in' ? 'in' : 'out');
        return found;
      }
      found.push({ step: last && 'step' in last ? last.step : '', then });
    } finally {
      remove();
    }
  }
}

/** Creating an account signs in too, and signing out offline is the harder way out: the other two only in the long run. */
const IN: readonly Act[] = isDeep() ? ['create', 'sign-in'] : ['create'];
const OUT: readonly Act[] = isDeep() ? ['sign-out', 'offline-sign-out'] : ['offline-sign-out'];

describe('an app that is killed', () => {
  it.each(IN)(
    'at any step of "%s" is signed in or signed out at its next start, wholly, and leaves no session behind',
    { timeout: 600_000 },
    async (act) => {
      const found = await atEveryStep(act);
      expect(found.length).toBeGreaterThan(14);
      // Before everything was noted it is undone, and from then on it is finished.
      const noted = found.findIndex(({ then }) => then === 'in');
      expect(noted).toBeGreaterThan(10);
      expect(found.slice(noted).every(({ then }) => then === 'in')).toBe(true);
      expect(found[noted]?.step).toBe('after a commit');
    },
  );

  it.each(OUT)(
    'at any step of "%s" finishes it at its next start once it has begun',
    { timeout: 600_000 },
    async (act) => {
      const found = await atEveryStep(act);
      expect(found.length).toBeGreaterThan(9);
      expect(found[0]).toEqual({ step: 'before a commit', then: 'in' });
      expect(found.slice(1).filter(({ then }) => then !== 'out')).toEqual([]);
    },
  );
});
