import { cpSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { memoryKeychain } from '../client/memory-keychain.js';
import { START_MS } from '../client/sample-decision.js';
import type { ProfileFiles } from './aged-profile.js';
import { anchoredUpTo } from './anchored.js';
import { mustStart, pressOn, type StartedApp } from './open-profile-rig.js';

/** A profile as it was after so many presses. */
export interface Moment {
  /** As a power cut would leave it: the newest commits are in the log. */
  readonly cut: ProfileFiles;
  /** As it is left by an app that was closed in order. */
  readonly closed: ProfileFiles;
}

/**
 * A short history of the signed-out person in two services, with a copy of the profile after every single press, the one
 * before the first press included.
 */
export async function everyMoment(folder: string, presses: number): Promise<Moment[]> {
  const home = path.join(folder, 'home');
  mkdirSync(home);
  const keychain = memoryKeychain();
  const clock = { nowMs: START_MS };
  const copyTo = (name: string): ProfileFiles => {
    const target = path.join(folder, name);
    cpSync(home, target, { recursive: true });
    return { folder: target, secrets: new Map(keychain.secrets) };
  };
  const start = async (): Promise<StartedApp> => {
    const app = mustStart({ folder: home, keychain: keychain.library, clock });
    await app.core.begin();
    return app;
  };
  const moments: Moment[] = [];
  let app = await start();
  for (let press = 0; press <= presses; press += 1) {
    if (press > 0) {
      clock.nowMs += 60_000;
      const service = press % 3 === 0 ? 'beta' : 'alpha';
      const outcome = await pressOn(
        app,
        service,
        press % 2 === 0 ? 'necessary-only' : 'accept-all',
      );
      if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
    }
    await anchoredUpTo(app.store, keychain.secrets);
    const cut = copyTo(`cut-${press}`);
    // A copy is closed for the other form, so that the log of the profile itself goes on growing.
    const closed = copyTo(`closed-${press}`);
    const closing = mustStart({ folder: closed.folder, keychain: memoryKeychain().library, clock });
    await closing.stop();
    moments.push({ cut, closed });
    // In the middle the app is closed and started again, so that some of it is written back.
    if (press === Math.floor(presses / 2)) {
      await app.stop();
      app = await start();
    }
  }
  await app.stop();
  return moments;
}
