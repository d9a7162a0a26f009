import { cpSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { startTestServer } from '../../integration/server/support/test-server.js';
import { memoryKeychain } from '../client/memory-keychain.js';
import { networkThrough, type Network } from '../client/network.js';
import { START_MS } from '../client/sample-decision.js';
import { newEmail, PASSWORD, until } from '../client/server-world.js';
import { temporaryFolder, type TemporaryFolder } from '../client/temporary-folder.js';
import { anchoredUpTo } from './anchored.js';
import { mustStart, pressOn, SERVICES, type StartedApp } from './open-profile-rig.js';

/** A profile as a folder and what its keychain holds. */
export interface ProfileFiles {
  readonly folder: string;
  readonly secrets: ReadonlyMap<string, string>;
  /** The server it is signed in to, which need not be there any more. */
  readonly server?: string;
}

/** A profile with a long history, once with its log written back and once as a power cut would leave it. */
export interface AgedProfile {
  /** Everything is in `sayso.db`. */
  readonly closed: ProfileFiles;
  /** The newest decisions are in `sayso.db-wal`, together with a grant that was withdrawn in it. */
  readonly cut: ProfileFiles;
  readonly decisions: number;
  readonly remove: () => void;
}

/**
 * About a thousand decisions: of the signed-out person in `alpha`; in `beta` also of an account, received by the real
 * reference server with receipts, some from another device, some erased, the last ones not sent yet.
 */
export async function agedProfile(): Promise<AgedProfile> {
  const temporary = temporaryFolder('aged');
  const server = await startTestServer({ nowMs: START_MS });
  const email = newEmail();
  const clock = { nowMs: START_MS };
  const here = deviceOn(temporary, 'here', server.origin, clock);
  const elsewhere = deviceOn(temporary, 'elsewhere', server.origin, clock);
  try {
    await here.app.core.begin();
    await pressTimes(here.app, 'alpha', 420, clock);
    await pressTimes(here.app, 'beta', 20, clock);
    await signIn(here.app, email, 'session.createAccount');
    await elsewhere.app.core.begin();
    await signIn(elsewhere.app, email, 'session.signIn');
    await pressTimes(elsewhere.app, 'beta', 40, clock);
    await received(elsewhere.app, 0);
    here.network.up = false;
    await pressTimes(here.app, 'beta', 500, clock);
    await eraseSome(here.app, 'alpha');
    await eraseSome(here.app, 'beta');
    here.network.up = true;
    here.app.core.sync.wakeAll();
    await received(here.app, 40);
    await eraseSome(here.app, 'beta');
    await received(here.app, 40);
    here.network.up = false;
    await pressTimes(here.app, 'beta', 10, clock);
    await anchoredUpTo(here.app.store, here.keychain.secrets);
    await here.app.stop();
    const closed = here.copyTo(path.join(temporary.folder, 'closed'));

    const again = here.start();
    await again.core.begin();
    await pressTimes(again, 'alpha', 9, clock);
    await pressTimes(again, 'beta', 9, clock);
    await pressOn(again, 'beta', 'withdraw');
    await anchoredUpTo(again.store, here.keychain.secrets);
    const decisions = SERVICES.flatMap((service) => {
      const account = again.store.sessions.get(service)?.accountId;
      return ['', ...(account === undefined ? [] : [account])].map(
        (subject) => again.store.history.all(service, subject).length,
      );
    });
    // While it is open and at rest the files are what a power cut leaves behind.
    const cut = here.copyTo(path.join(temporary.folder, 'cut'));
    await again.stop();
    return {
      closed,
      cut,
      decisions: decisions.reduce((sum, one) => sum + one, 0),
      remove: temporary.remove,
    };
  } finally {
    await elsewhere.app.stop();
    await server.remove();
  }
}

interface DeviceUnderWay {
  app: StartedApp;
  readonly keychain: ReturnType<typeof memoryKeychain>;
  readonly network: Network;
  start(): StartedApp;
  copyTo(folder: string): ProfileFiles;
}

function deviceOn(
  temporary: TemporaryFolder,
  name: string,
  server: string,
  clock: { nowMs: number },
): DeviceUnderWay {
  const folder = path.join(temporary.folder, name);
  mkdirSync(folder);
  const keychain = memoryKeychain();
  const network = networkThrough((address, init) => {
    const headers = new Headers(init.headers);
    // A connection that is kept alive would hold up the end of the server.
    headers.set('connection', 'close');
    return fetch(address, { ...init, headers });
  });
  const start = (): StartedApp => {
    const { library } = keychain;
    return mustStart({ folder, keychain: library, clock, server, fetch: network.fetch });
  };
  return {
    app: start(),
    keychain,
    network,
    start,
    copyTo(target) {
      cpSync(folder, target, { recursive: true });
      return { folder: target, secrets: new Map(keychain.secrets), server };
    },
  };
}

async function pressTimes(
  app: StartedApp,
  service: string,
  times: number,
  clock: { nowMs: number },
): Promise<void> {
  const acts = ['accept-all', 'necessary-only', 'accept-all', 'withdraw', 'accept-all'] as const;
  for (let press = 0; press < times; press += 1) {
    clock.nowMs += 1000;
    const outcome = await pressOn(app, service, acts[press % acts.length] ?? 'withdraw');
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  }
}

async function signIn(
  { handlers }: StartedApp,
  email: string,
  call: 'session.createAccount' | 'session.signIn',
): Promise<void> {
  const input = { service: 'beta', email, password: PASSWORD, remember: true };
  const outcome = await handlers[call](input);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
}

/** Waits until nothing of the account waits any more and so many decisions have come from another device. */
async function received({ store }: StartedApp, fromElsewhere: number): Promise<void> {
  await until(() => {
    const session = store.sessions.get('beta');
    const account = session?.accountId ?? '';
    expect(session?.pulled).toBe(true);
    expect(store.outbox.countWaiting('beta', account)).toBe(0);
    const others = store.history.all('beta', account).filter((row) => !row.madeHere);
    expect(others).toHaveLength(fromElsewhere);
  });
}

/** Erases every twentieth of what was said here about a service by whoever is signed in. */
async function eraseSome({ handlers, store }: StartedApp, service: string): Promise<void> {
  const subject = store.sessions.get(service)?.accountId ?? '';
  const rows = store.history.all(service, subject).filter((row) => row.madeHere);
  for (const { id, said } of rows.filter((_, place) => place % 20 === 7)) {
    if (said.kind !== 'said') continue;
    const outcome = await handlers['history.erase']({ service, id });
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  }
}
