import { isDeepStrictEqual } from 'node:util';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { CALL_NAMES } from '../../src-shared/ipc-contract.js';
import { tries } from '../support/client/property.js';
import { dumpTables } from '../support/client/table-dump.js';
import { startForeignSite } from '../support/foreign-site.js';
import { brokenCalls, soundPayloads, type Asked } from '../support/ipc/payloads.js';
import {
  callAll,
  copyAppWithFrames,
  inFrameOfOurWindow,
  inOurWindowAt,
  inStrangeWindow,
} from '../support/ipc/strangers.js';
import { test, type Stage } from '../support/stage.js';

const OURS = 'sayso-app://window/index.html';
const REFUSED = Object.fromEntries(
  CALL_NAMES.map((name) => [name, { ok: false, error: { code: 'not-allowed' } }]),
);
const script = callAll(soundPayloads());
/** What the e2e tests send through the real preload; `test/integration/ipc` sends far more to the same handlers. */
const PAYLOADS = 2000;
/** What calls write to. The clock, the keychain's anchor and the check at the start write beside them. */
const TABLES = [
  'decision',
  'chain',
  'head',
  'outbox',
  'parting',
  'session',
  'revoke_handle',
  'vault',
];

async function foreignPage(stage: Stage): Promise<string> {
  const site = await startForeignSite();
  stage.onEnd(() => site.close());
  return `${site.origin}/`;
}

describe('every call of the contract', () => {
  test('is refused in a window that is not ours, whatever it shows', async ({ stage }) => {
    const app = await stage.offlineApp();
    const foreign = await foreignPage(stage);
    const strangers = [
      { address: OURS, partition: 'sayso-window' },
      { address: foreign, partition: 'of-nobody' },
      { address: 'data:text/html,<title>data</title>', partition: 'sayso-window' },
    ];
    for (const stranger of strangers) {
      expect(await inStrangeWindow(app, stranger, script), stranger.address).toEqual(REFUSED);
    }
    const own = callAll({ 'app.snapshot': {}, 'policy.read': { service: 'integro' } });
    expect(await app.page.evaluate(own)).toMatchObject({
      'app.snapshot': { ok: true },
      'policy.read': { ok: true },
    });
  });

  test('is refused in our own window as soon as it shows anything of another origin', async ({
    stage,
  }) => {
    const app = await stage.offlineApp();
    const foreign = await foreignPage(stage);
    for (const address of [
      foreign,
      'data:text/html,x',
      'about:blank',
      'evil://window/index.html',
    ]) {
      expect(await inOurWindowAt(app, address, script), address).toEqual(REFUSED);
    }
  });

  test('is refused in a frame of our own window, even one that shows our own page', async ({
    stage,
  }) => {
    const main = copyAppWithFrames(stage.folder('frames'));
    const app = await stage.app({ main, serverUrl: 'http://127.0.0.1:9' });
    expect(await inFrameOfOurWindow(app, script)).toEqual(REFUSED);
  });

  test('refuses every broken payload that comes through the real preload, and writes nothing', async ({
    stage,
  }) => {
    const app = await stage.offlineApp();
    // What Playwright can carry there unchanged; the page makes an object of it again.
    const broken = fc.sample(brokenCalls().filter(isJson), {
      numRuns: PAYLOADS,
      seed: tries(PAYLOADS).seed,
    });
    const file = path.join(stage.profileFolder, 'sayso.db');
    const before = dumpTables(file, TABLES);
    const answers = await app.page.evaluate(
      async (calls) => {
        interface Bridge {
          call: (name: string, input: unknown) => Promise<unknown>;
        }
        const { sayso } = globalThis as unknown as { sayso: Bridge };
        return Promise.all(
          calls.map(async ([name = '', text = '']) =>
            JSON.stringify(await sayso.call(name, JSON.parse(text))),
          ),
        );
      },
      broken.map(({ name, payload }) => [name, JSON.stringify(payload)]),
    );
    const malformed = JSON.stringify({ ok: false, error: { code: 'malformed' } });
    const taken = broken.filter((_, at) => answers[at] !== malformed);
    expect(taken.slice(0, 3)).toEqual([]);
    expect(dumpTables(file, TABLES)).toBe(before);
    await app.pages.open('Privacy');
    expect(Object.values(await app.pages.switches())).toEqual([false, false, false]);
  });
});

/** What the bridge between the page's world and the preload's hands on as it is: it takes `__proto__` for no member at all. */
function isJson({ payload, fault }: Asked): boolean {
  if (fault?.includes('__proto__') || payload === undefined) return false;
  const text = JSON.stringify(payload, (_, value: unknown) =>
    typeof value === 'bigint' ? 'n' : value,
  );
  return text.length < 10_000 && isDeepStrictEqual(JSON.parse(text), payload);
}
