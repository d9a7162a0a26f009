import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import type { TestServer } from '../../integration/server/support/test-server.js';
import type { BundledProgram } from '../client/bundled-child.js';
import { decisionsIn } from '../client/rows.js';
import { temporaryFolder } from '../client/temporary-folder.js';
import { until } from '../client/until.js';
import { isDeep } from '../counts.js';
import { addressOf } from '../provider/names.js';
import { secretsIn } from './file-keychain.js';
import { partsOf } from './forgetting-child.js';
import { mustStart, type StartedApp } from './open-profile-rig.js';
import type { StepLine } from './steps.js';

interface Scene {
  /** `forgetting-child`. */
  readonly program: BundledProgram;
  readonly server: TestServer;
}

/** A step that something died at, and whether the next start knew the service still. */
export interface ForgetDeath {
  readonly step: string;
  readonly then: 'known' | 'forgotten';
}

interface Place {
  readonly folder: string;
  readonly keychain: string;
}

/** Which of the texts stand in any file of the profile, byte for byte; the keychain lies there too. */
function found({ folder }: Place, marks: readonly string[]): string[] {
  const files = readdirSync(folder).map((name) => readFileSync(path.join(folder, name)));
  return marks.filter((mark) => files.some((bytes) => bytes.includes(mark)));
}

/** What the keychain holds of a service, by name. */
const entriesOf = ({ keychain }: Place, service: string): string[] =>
  [...secretsIn(keychain).keys()].filter((name) => name.startsWith(`${service}/`)).toSorted();

/** Sessions of the account that are open at the server. */
function openSessions({ server }: Scene, service: string, email: string): number {
  const sql = `SELECT count(*) AS n FROM sessions JOIN accounts ON accounts.id = sessions.account_id
    WHERE email = ? AND accounts.service = ? AND ended_at_ms IS NULL`;
  return (server.database.prepare(sql).get(email, service) as { n: number }).n;
}

/** Everything of `beta` is as it was: its session, its decisions, its secrets, what its tool keeps, its copy. */
function isUntouched(app: StartedApp, place: Place, marks: readonly string[]): void {
  expect(app.view('beta').subject.kind).toBe('signed-in');
  const mine = decisionsIn(app.file).filter(({ decision }) => decision.service === 'beta');
  expect(mine.map(({ decision }) => decision.action)).toEqual(['accept-all']);
  expect(entriesOf(place, 'beta')).toHaveLength(4);
  expect(existsSync(`${app.file}.set-aside-beta`)).toBe(true);
  expect(found(place, marks)).toEqual(marks);
}

/** The next start has come to one of the two whole states, here and at the server, and no other. */
async function isWhole(
  scene: Scene,
  app: StartedApp,
  place: Place,
  { email, marks }: { email: string; marks: readonly string[] },
): Promise<ForgetDeath['then']> {
  expect(app.store.meta.isForgetting('alpha')).toBe(false);
  const { kind } = app.view('alpha').subject;
  if (kind === 'signed-in') {
    expect(found(place, marks)).toEqual(marks);
    return 'known';
  }
  expect(kind).toBe('signed-out');
  expect(app.view('alpha').bannerShows).toBe(true);
  expect(found(place, marks)).toEqual([]);
  expect(entriesOf(place, 'alpha')).toEqual([]);
  expect(existsSync(`${app.file}.set-aside-alpha`)).toBe(false);
  await until(() => expect(openSessions(scene, 'alpha', email)).toBe(0));
  return 'forgotten';
}

/** Starts the app again on what a death left, and looks at everything. */
async function startAgain(
  scene: Scene,
  place: Place,
  email: string,
  marks: Record<'alpha' | 'beta', readonly string[]>,
): Promise<ForgetDeath['then']> {
  const app = mustStart(partsOf(place.folder, place.keychain, scene.server.origin));
  try {
    await app.core.begin();
    const then = await isWhole(scene, app, place, { email, marks: marks.alpha });
    isUntouched(app, place, marks.beta);
    return then;
  } finally {
    await app.stop();
  }
}

/**
 * Dies at every step of forgetting in turn, until it comes to its end first; in the short run at those that change something here.
 * @returns what came of each death.
 */
export async function forgetAtEveryStep(scene: Scene): Promise<ForgetDeath[]> {
  const deaths: ForgetDeath[] = [];
  for (let step = 1; ; step += 1) {
    const { folder, remove } = temporaryFolder('forget');
    const place = { folder, keychain: path.join(folder, 'keychain.json') };
    const email = addressOf(randomUUID());
    try {
      const { origin } = scene.server;
      const args = [folder, place.keychain, origin, email, String(step), isDeep() ? 'all' : ''];
      const child = scene.program.start(args);
      await child.ended;
      const lines = child.lines().map((line) => JSON.parse(line) as StepLine);
      const [said] = lines;
      if (!said || !('marks' in said)) throw new Error(`it did nothing: ${child.errors()}`);
      const { alpha = [], beta = [] } = said.marks;
      const then = await startAgain(scene, place, email, { alpha, beta });
      const last = lines.at(-1);
      if (last && 'done' in last) {
        expect(last).toEqual({ done: true, detail: null });
        expect(then).toBe('forgotten');
        return deaths;
      }
      deaths.push({ step: last && 'step' in last ? last.step : '', then });
    } finally {
      remove();
    }
  }
}
