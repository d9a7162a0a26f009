import { setImmediate as turn } from 'node:timers/promises';
import { fixtureProfile } from '../fixtures/service-profile.js';
import { signInInBrowser } from '../provider/person-in-browser.js';
import { CLIENT_ID } from '../provider/names.js';
import type { Input } from '../../../src-shared/ipc-contract.js';
import { fileKeychain } from './file-keychain.js';
import { mustStart, pressOn, type StartedApp } from './open-profile-rig.js';
import { oneConnectionEach } from './one-connection-each.js';
import { createSteps, say } from './steps.js';

/** What the child does, step by step counted, once everything before it is done. */
export type Act = 'create' | 'sign-in' | 'browser' | 'sign-out' | 'offline-sign-out';

export const PASSWORD = 'correct horse battery staple';

/**
 * Signs in or out of `alpha`, as the app does, and dies at a step.
 * @param args the profile's folder, the file of its keychain, the server's origin, the act, the address of the account, the
 *   number of the last step, and for `browser` the provider's address, where the person is called as the first part of theirs.
 */
export async function main([
  folder = '',
  keychain = '',
  server = '',
  act = '',
  email = '',
  dieAt = '',
  issuer = '',
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
    ...(act === 'browser'
      ? {
          clock: { nowMs: Date.now() },
          profiles: [fixtureProfile('alpha', { way: 'browser', issuer, clientId: CLIENT_ID })],
          openInBrowser: steps.browser((address) => {
            // Whoever is in the browser knows nothing of the app, and goes on when it dies.
            void signInInBrowser(address, { name: email.split('@')[0] ?? '' }).catch(
              () => undefined,
            );
          }),
        }
      : {}),
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
  const outcome = await actOn(app, act as Act, input);
  say({ done: outcome.ok, detail: outcome.ok ? null : outcome.error });
  process.exit(0);
}

function actOn({ handlers }: StartedApp, act: Act, input: Input<'session.signIn'>) {
  const { service, remember } = input;
  switch (act) {
    case 'create':
      return handlers['session.createAccount'](input);
    case 'sign-in':
      return handlers['session.signIn'](input);
    case 'browser':
      return handlers['session.browserSignIn']({ service, remember });
    case 'sign-out':
    case 'offline-sign-out':
      return handlers['session.signOut']({ service });
  }
}

async function synced(app: StartedApp): Promise<void> {
  while (app.view('alpha').sync.state !== 'synced') await turn();
}
