import { writeSync } from 'node:fs';
import { fileKeychain } from './file-keychain.js';
import { pressOn, SERVICES, startOn, type StartedApp } from './open-profile-rig.js';

/** One line of what the child says, as JSON. */
export type ChildLine =
  /** The app shows nothing but why. */
  | { readonly refused: string }
  /** The client said that this decision is kept. */
  | { readonly kept: string; readonly service: string }
  /** The client said that it is not, and why; `open` are the purposes that it shows as granted all the same. */
  | { readonly notKept: unknown; readonly service: string; readonly open: readonly string[] }
  | { readonly suspect: string; readonly service: string };

function say(line: ChildLine): void {
  writeSync(1, `${JSON.stringify(line)}\n`);
}

/**
 * Presses as fast as it can, signed out in `alpha` and signed in to `beta`, and says of each decision whether the client
 * kept it. Ends after the first that it did not keep; with `go-on`, after the first that it kept again.
 * @param args the profile's folder, the file of its keychain, `go-on` or nothing.
 */
export async function main([
  folder = '',
  keychain = '',
  goOn = '',
]: readonly string[]): Promise<void> {
  const app = startOn({ folder, keychain: fileKeychain(keychain) });
  if ('code' in app) {
    say({ refused: app.code });
    process.exit(0);
  }
  await app.core.begin();
  let hasFailed = false;
  for (let press = 0; ; press += 1) {
    const service = SERVICES[press % SERVICES.length] ?? 'alpha';
    const { state, reason } = app.view(service).ledger;
    if (state === 'suspect') {
      say({ suspect: reason ?? '', service });
      process.exit(1);
    }
    const outcome = await pressOn(app, service, press % 4 < 2 ? 'accept-all' : 'necessary-only');
    if (outcome.ok) say({ kept: newestOf(app, service), service });
    else say({ notKept: outcome.error, service, open: openIn(app, service) });
    if (hasFailed ? outcome.ok : !outcome.ok && goOn === '') process.exit(0);
    hasFailed ||= !outcome.ok;
  }
}

function newestOf({ store }: StartedApp, service: string): string {
  const subject = store.sessions.get(service)?.accountId ?? '';
  return store.history.page(service, subject, null, 1)[0]?.id ?? 'none';
}

function openIn(app: StartedApp, service: string): string[] {
  const { purposes } = app.view(service);
  return purposes
    .filter(({ kind, state }) => kind === 'optional' && state === 'granted')
    .map(({ id }) => id);
}
