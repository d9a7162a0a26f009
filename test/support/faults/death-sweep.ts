import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { expect } from 'vitest';
import { call } from '../../integration/server/support/client.js';
import type { TestServer } from '../../integration/server/support/test-server.js';
import type { BundledProgram } from '../client/bundled-child.js';
import { countIn, decisionsIn } from '../client/rows.js';
import { until } from '../client/server-world.js';
import { temporaryFolder } from '../client/temporary-folder.js';
import { addressOf } from '../provider/names.js';
import { fileKeychain, secretsIn } from './file-keychain.js';
import { oneConnectionEach } from './one-connection-each.js';
import { mustStart, type StartedApp } from './open-profile-rig.js';
import { PASSWORD, type Act } from './signing-child.js';
import type { StepLine } from './steps.js';

/** What dies, and what goes on beside it. */
export interface Scene {
  /** `signing-child`. */
  readonly program: BundledProgram;
  readonly server: TestServer;
  readonly act: Act;
  /** The provider's address, for `browser`. */
  readonly issuer?: string;
}

/** A step that something died at, and the state that the next start came to. */
export interface Death {
  readonly step: string;
  readonly then: 'in' | 'out';
}

/** How many sessions of an account are open at the server. */
function openSessions({ server }: Scene, email: string): number {
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
async function dieAt(scene: Scene, place: Place, email: string, step: number): Promise<StepLine[]> {
  const { program, server, act, issuer = '' } = scene;
  const { folder, keychain } = place;
  const args = [folder, keychain, server.origin, act, email, String(step), issuer];
  const child = program.start(args);
  await child.ended;
  const lines = child.lines().map((line) => JSON.parse(line) as StepLine);
  if (lines.length === 0) throw new Error(`it did nothing: ${child.errors()}`);
  return lines;
}

async function startAgain({ server }: Scene, place: Place): Promise<StartedApp> {
  const app = mustStart({
    folder: place.folder,
    keychain: fileKeychain(place.keychain),
    server: server.origin,
    fetch: oneConnectionEach,
    clock: { nowMs: server.clock.nowMs },
  });
  await app.core.begin();
  return app;
}

/** The next start has come to one of the two whole states, here and at the server, and no other. */
async function isWhole(
  scene: Scene,
  app: StartedApp,
  place: Place,
  email: string,
): Promise<'in' | 'out'> {
  const { kind } = app.view('alpha').subject;
  expect(['signed-in', 'signed-out']).toContain(kind);
  if (kind === 'signed-in') {
    await until(() => expect(app.view('alpha').sync.state).toBe('synced'));
    expect(secretKinds(place)).toEqual(['device', 'token', 'vault']);
    expect(countIn(place.file, 'session')).toBe(1);
    await until(() => expect(openSessions(scene, email)).toBe(1));
    expect(app.view('alpha').subject).toMatchObject({ email });
    return 'in';
  }
  await until(() => {
    expect(countIn(place.file, 'revoke_handle')).toBe(0);
    expect(openSessions(scene, email)).toBe(0);
  });
  expect(secretKinds(place)).toEqual([]);
  for (const table of ['session', 'vault', 'outbox', 'parting'])
    expect([table, countIn(place.file, table)]).toEqual([table, 0]);
  const ofAccounts = decisionsIn(place.file).filter(({ decision }) => decision.subject !== null);
  expect(ofAccounts).toEqual([]);
  return 'out';
}

/** Dies at every step in turn, until the act comes to its end first. @returns the step and the state after each death. */
export async function atEveryStep(scene: Scene): Promise<Death[]> {
  const { server, act } = scene;
  const found: Death[] = [];
  for (let step = 1; ; step += 1) {
    const { folder, remove } = temporaryFolder('death');
    const place = {
      folder,
      keychain: path.join(folder, 'keychain.json'),
      file: path.join(folder, 'sayso.db'),
    };
    const email = addressOf(randomUUID());
    try {
      if (act === 'sign-in') {
        const body = { email, password: PASSWORD };
        await call(`${server.origin}/alpha/v1/accounts`, 'POST', { body });
      }
      const lines = await dieAt(scene, place, email, step);
      const last = lines.at(-1);
      const app = await startAgain(scene, place);
      const then = await isWhole(scene, app, place, email);
      await app.stop();
      if (last && 'done' in last) {
        expect(last).toEqual({ done: true, detail: null });
        expect(then).toBe(act.endsWith('sign-out') ? 'out' : 'in');
        return found;
      }
      found.push({ step: last && 'step' in last ? last.step : '', then });
    } finally {
      remove();
    }
  }
}
