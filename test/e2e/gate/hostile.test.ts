import { describe, expect, vi } from 'vitest';
import type { DeviceView } from '../../../src-shared/device-view.js';
import type { GateView } from '../../../src-shared/gate-view.js';
import { copyAppWithHostile } from '../../support/hostile/app-copy.js';
import { REACHING } from '../../support/hostile/page.js';
import { startHostileSite } from '../../support/hostile/site.js';
import { startWitness, type Witness } from '../../support/hostile/witness.js';
import { checkedLedger } from '../../support/ledger-state.js';
import { test, type RunningApp, type Stage } from '../../support/stage.js';

const ROUNDS = process.env['SAYSO_DEEP'] === '1' ? 50 : 5;
/** Far beyond what a round takes on a busy machine. */
const ROUND_WITHIN_MS = 25_000;
const until = (claim: () => void | Promise<void>): Promise<void> =>
  vi.waitFor(claim, { timeout: 20_000, interval: 25 });

interface Scene {
  readonly app: RunningApp;
  readonly tried: () => number;
  readonly analytics: Witness;
  readonly advertising: Witness;
  readonly stranger: Witness;
  /** At the service's own host and another port of it, which is somebody else. */
  readonly neighbour: Witness;
  readonly headers: () => Readonly<Record<string, unknown>>;
}

/** The app with the hostile service, and everybody it may try to reach. */
async function setUp(stage: Stage): Promise<Scene> {
  const witnesses = await Promise.all([2, 3, 4, 1].map((end) => startWitness(`127.0.0.${end}`)));
  const [analytics, advertising, stranger, neighbour] = witnesses;
  if (!analytics || !advertising || !stranger || !neighbour)
    throw new Error('a witness is missing');
  for (const witness of witnesses) stage.onEnd(() => witness.close());
  const site = await startHostileSite(witnesses.map(({ host }) => host));
  stage.onEnd(() => site.close());
  const main = copyAppWithHostile(stage.folder('app'), [
    { id: 'counter', purpose: 'analytics', kind: 'pixel', hosts: [analytics.host] },
    { id: 'adverts', purpose: 'advertising', kind: 'pixel', hosts: [advertising.host] },
  ]);
  const app = await stage.app({ serverUrl: site.origin, service: 'hostile', main });
  await checkedLedger(app.page, 'hostile');
  const { tried, headers } = site;
  return { app, tried, headers, analytics, advertising, stranger, neighbour };
}

/** What a page of ours may call; the button for it comes with the pages. */
function call<Answer>({ app }: Scene, name: string): Promise<Answer> {
  return app.page.evaluate(async (asked) => {
    interface Bridge {
      call: (name: string, input: object) => Promise<{ value: unknown }>;
    }
    const { sayso } = globalThis as unknown as { sayso: Bridge };
    return (await sayso.call(asked, { service: 'hostile' })).value;
  }, name) as Promise<Answer>;
}

async function gateView(scene: Scene): Promise<GateView> {
  const answer = await call<{ ok: true; value: GateView }>(scene, 'gate.read');
  return answer.value;
}

async function deviceView(scene: Scene): Promise<DeviceView> {
  const answer = await call<{ ok: true; value: DeviceView }>(scene, 'device.read');
  return answer.value;
}

/** Opens the site, or reloads it, and waits until its page has tried everything. */
async function provoke(scene: Scene): Promise<void> {
  const before = scene.tried();
  await scene.app.electron.evaluate(({ BrowserWindow }) => {
    const site = BrowserWindow.getAllWindows().find((one) =>
      one.webContents.getURL().includes('/hostile/'),
    );
    if (site) site.webContents.reloadIgnoringCache();
    return site !== undefined;
  });
  await call(scene, 'service.open');
  await until(() => expect(scene.tried()).toBeGreaterThan(before));
  // Each attempt is either through or refused by the time the gate has counted the last kinds of it.
  await vi.waitFor(
    async () => {
      const kinds = new Set((await gateView(scene)).counts.map(({ kind }) => kind));
      expect([...kinds]).toEqual(
        expect.arrayContaining(['webSocket', 'ping', 'unseen', 'script', 'subFrame']),
      );
    },
    { timeout: 20_000, interval: 50 },
  );
}

function nobody(...witnesses: Witness[]): void {
  const seen = witnesses.map((witness) => ({ ...witness.seen(), paths: witness.paths() }));
  expect(seen).toEqual(witnesses.map(() => ({ connections: 0, datagrams: 0, paths: [] })));
}

async function setAnalytics({ app }: Scene, isOn: boolean): Promise<void> {
  const toggle = app.pages.toggle('Analytics');
  if ((await toggle.isChecked()) !== isOn) await toggle.click();
  await until(async () => expect(await toggle.isChecked()).toBe(isOn));
}

describe("a service's own page that tries everything", () => {
  const patient = { timeout: ROUNDS * ROUND_WITHIN_MS };
  test(
    'reaches nobody before consent, exactly the granted after it, and nobody again',
    patient,
    async ({ stage }) => {
      const scene = await setUp(stage);
      const { analytics, advertising, stranger, neighbour } = scene;
      await provoke(scene);
      nobody(analytics, advertising, stranger, neighbour);
      const refused = (await gateView(scene)).counts.filter(({ reason }) => reason !== null);
      expect(new Set(refused.map(({ host, reason }) => `${host} ${reason ?? ''}`))).toEqual(
        new Set([
          `${analytics.host} not-asked`,
          `${advertising.host} not-asked`,
          `${stranger.host} host-not-declared`,
          `${neighbour.host} host-not-declared`,
        ]),
      );
      await scene.app.pages.open('Privacy');
      for (let round = 0; round < ROUNDS; round += 1) {
        await setAnalytics(scene, true);
        await provoke(scene);
        await until(() => {
          const reached = new Set(analytics.paths().map((path) => path.slice(1)));
          expect(REACHING.filter((way) => !reached.has(way))).toEqual([]);
        });
        expect(analytics.seen().datagrams).toBe(0);
        nobody(advertising, stranger, neighbour);
        const before = scene.tried();
        await setAnalytics(scene, false);
        // The page is loaded anew without what was allowed; what it tries now is refused.
        await until(() => expect(scene.tried()).toBeGreaterThan(before));
        analytics.forget();
        await provoke(scene);
        nobody(analytics, advertising, stranger, neighbour);
      }
    },
  );

  test('has what it stores named, and flagged where the policy does not', async ({ stage }) => {
    const scene = await setUp(stage);
    await provoke(scene);
    await vi.waitFor(
      async () => {
        const stored = (await deviceView(scene)).stored
          .filter(({ ending }) => ending === 'with-window')
          .map(({ place, name, declared }) => [
            place,
            name,
            declared?.by === 'policy' ? declared.purpose : 'undeclared',
          ]);
        expect(stored.toSorted()).toEqual([
          ['cookie', 'declared_by_page', 'necessary'],
          ['cookie', 'undeclared_by_page', 'undeclared'],
          ['cookie', 'undeclared_by_server', 'undeclared'],
          ['local-storage', 'undeclared_area', 'undeclared'],
          ['service-worker', '/hostile/', 'undeclared'],
        ]);
      },
      { timeout: 10_000, interval: 25 },
    );
    await call(scene, 'device.forget');
    const left = (await deviceView(scene)).stored.filter(({ ending }) => ending === 'with-window');
    expect(left).toEqual([]);
    expect(await gateView(scene)).toMatchObject({ counts: [] });
  });

  test('gets no power of ours, and no signal that nobody switched on', async ({ stage }) => {
    const scene = await setUp(stage);
    await provoke(scene);
    const found = await scene.app.electron.evaluate(async ({ BrowserWindow }) => {
      const site = BrowserWindow.getAllWindows().find((one) =>
        one.webContents.getURL().includes('/hostile/'),
      );
      return (await site?.webContents.executeJavaScript(
        `({ sayso: typeof sayso, require: typeof require, process: typeof process, gpc: String(navigator.globalPrivacyControl), opened: window.open('about:blank') === null })`,
      )) as unknown;
    });
    expect(found).toEqual({
      sayso: 'undefined',
      require: 'undefined',
      process: 'undefined',
      gpc: 'undefined',
      opened: true,
    });
    expect(scene.headers()).not.toHaveProperty('sec-gpc');
    expect(scene.headers()).not.toHaveProperty('authorization');
  });
});
