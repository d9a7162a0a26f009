import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, vi } from 'vitest';
import { copyAppWithHostile } from '../../support/hostile/app-copy.js';
import { startRecordingRelay, type RecordingRelay } from '../../support/recording-relay.js';
import { filesHolding, test, type RunningApp, type Stage } from '../../support/stage.js';

const until = (claim: () => void | Promise<void>): Promise<void> =>
  vi.waitFor(claim, { timeout: 20_000, interval: 25 });

interface Journey {
  readonly relay: RecordingRelay;
  start(): Promise<RunningApp>;
  /** What waits on this device to be sent. */
  queued(): number;
}

/** The app with a service that declares usage statistics, and the reference server behind a relay. */
async function setUp(stage: Stage): Promise<Journey> {
  const folder = stage.folder('app');
  const main = copyAppWithHostile(folder, [
    { id: 'usage', purpose: 'analytics', kind: 'usage-statistics', hosts: [] },
  ]);
  const servicesFolder = path.join(folder, 'resources', 'services');
  const { url } = await stage.server({ servicesFolder });
  const relay = await startRecordingRelay(url, (asked) => asked.includes('/otlp/'));
  stage.onEnd(() => relay.close());
  return {
    relay,
    start: () => stage.app({ serverUrl: relay.url, service: 'hostile', main }),
    queued() {
      const file = path.join(stage.profileFolder, 'sayso.db');
      const database = new Database(file, { readonly: true });
      const rows = database.prepare('SELECT count(*) FROM tool_data').pluck().get() as number;
      database.close();
      return rows;
    },
  };
}

/** Lets an hour of the app's main process pass in a moment, from now on; the app's own code stays as it ships. */
async function hurry({ electron }: RunningApp): Promise<void> {
  await electron.evaluate(() => {
    const real = globalThis.setTimeout;
    const quick = (run: () => void, delayMs?: number) =>
      real(run, (delayMs ?? 0) >= 3_600_000 ? 20 : delayMs);
    Object.assign(globalThis, { setTimeout: quick, slowTimeout: real });
  });
}

/** From now on an hour takes an hour again. */
async function slowDown({ electron }: RunningApp): Promise<void> {
  await electron.evaluate(() => {
    Object.assign(globalThis, {
      setTimeout: (globalThis as unknown as { slowTimeout: unknown }).slowTimeout,
    });
  });
}

async function setAnalytics({ pages }: RunningApp, isOn: boolean): Promise<void> {
  await pages.open('Privacy');
  await pages.toggle('Analytics').click();
  await until(async () => expect(await pages.toggle('Analytics').isChecked()).toBe(isOn));
}

const pathsOf = (relay: RecordingRelay): string[] => relay.seen().map(({ path: one }) => one);
const SENT = '/hostile/otlp/v1/metrics';
const FORGET = '/hostile/otlp/forget';

test('a yes sends counts to the service itself; a no deletes what waits and has what was sent forgotten', async ({
  stage,
}) => {
  const journey = await setUp(stage);
  const { relay } = journey;
  const app = await journey.start();
  await hurry(app);
  await app.pages.open('History');
  await setAnalytics(app, true);
  expect(journey.queued()).toBe(0);
  await app.pages.open('History');
  await until(() => expect(pathsOf(relay)).toEqual([SENT]));
  const [sent] = relay.seen();
  expect(sent?.status).toBe(200);
  const batch = /"stringValue":"([0-9A-Za-z-]{16,64})"/.exec(sent?.body ?? '')?.[1] ?? 'no batch';

  await slowDown(app);
  await app.pages.open('Privacy');
  await app.pages.open('History');
  await until(() => expect(journey.queued()).toBeGreaterThan(0));
  expect(filesHolding(stage.profileFolder, 'page history')).not.toEqual([]);
  await app.pages.open('On this device');
  await app.page.getByRole('row').filter({ hasText: 'usage' }).getByText('Tool').first().waitFor();
  await setAnalytics(app, false);
  await until(() => expect(pathsOf(relay)).toEqual([SENT, FORGET]));
  expect(relay.seen()[1]).toMatchObject({
    status: 204,
    body: JSON.stringify({ batches: [batch] }),
  });
  expect(journey.queued()).toBe(0);
  for (const trace of [batch, 'page history']) {
    await until(() => expect(filesHolding(stage.profileFolder, trace)).toEqual([]));
  }
});

test('what waits when the person says no never arrives, also after a death right behind it and a restart', async ({
  stage,
}) => {
  const journey = await setUp(stage);
  const { relay } = journey;
  const app = await journey.start();
  await hurry(app);
  await setAnalytics(app, true);
  await app.pages.open('History');
  await until(() => expect(pathsOf(relay)).toEqual([SENT]));
  await slowDown(app);
  await app.pages.open('Privacy');
  await app.pages.open('History');
  await until(() => expect(journey.queued()).toBeGreaterThan(0));
  relay.cut(true);
  await setAnalytics(app, false);
  await app.pages.status('Saved on this device');
  await app.kill();
  expect(journey.queued()).toBe(0);

  relay.cut(false);
  const again = await journey.start();
  await hurry(again);
  await until(() => expect(pathsOf(relay)).toEqual([SENT, FORGET]));
  await again.pages.open('History');
  await again.pages.open('Privacy');
  expect(await again.pages.toggle('Analytics').isChecked()).toBe(false);
  await again.close();
  expect(pathsOf(relay)).toEqual([SENT, FORGET]);
});
