import { setImmediate as turn } from 'node:timers/promises';
import { fileKeychain } from './file-keychain.js';
import { mustStart, pressOn, type StartedApp } from './open-profile-rig.js';
import { oneConnectionEach } from './one-connection-each.js';
import { createSteps, say } from './steps.js';

/** What the child does, step by step counted, once everything before it is done. */
export type Act = 'create' | 'sign-in' | 'sign-out' | 'offline-sign-out';

export const PASSWORD = 'correct horse battery staple';

/**
 * Signs in or out of `alpha`, as the app does, and dies at a step.
 * @param args the profile's folder, the file of its keychain, the server's origin, the act, the address of the account, and the
 *   number of the last step.
 */
export async function main([
  folder = '',
  keychain = '',
  server = '',
  act = '',
  email = '',
  dieAt = '',
]: readonly string[]): Promise<void> {
  const steps = createSteps(Number(dieAt));
  let isOnline = true;
  const app = mustStart({
    folder,
    server,
    keychain: steps.keychain(fileKeychain(keychain)),
    fetch: steps.fetch((url, init) =>
      isOnline ? oneConnectionEach(url, init) : Promise.reject(new TypeError('no network')),
    ),
    wrapStore: (store) => steps.store(store),
  });
  await app.core.begin();
  const input = { service: 'alpha', email, password: PASSWORD, remember: true };
  const signsOut = act === 'sign-out' || act === 'offline-sign-out';
  if (signsOut) {
    const made = await app.handlers['session.createAccount'](input);
    if (!made.ok) throw new Error(JSON.stringify(made.error));
    await pressOn(app, 'alpha', 'necessary-only');
    await synced(app);
    isOnline = act === 'sign-out';
    if (!isOnline) await pressOn(app, 'alpha', 'accept-all');
  }
  steps.begin();
  const outcome = await (signsOut
    ? app.handlers['session.signOut']({ service: 'alpha' })
    : app.handlers[act === 'create' ? 'session.createAccount' : 'session.signIn'](input));
  say({ done: outcome.ok, detail: outcome.ok ? null : outcome.error });
  process.exit(0);
}

async function synced(app: StartedApp): Promise<void> {
  while (app.view('alpha').sync.state !== 'synced') await turn();
}
