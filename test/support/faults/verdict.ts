import { cpSync, rmSync } from 'node:fs';
import path from 'node:path';
import { START_MS } from '../client/sample-decision.js';
import { memoryKeychain } from '../client/memory-keychain.js';
import { temporaryFolder } from '../client/temporary-folder.js';
import type { ProfileFiles } from './aged-profile.js';
import { startOn, SERVICES, type StartedApp } from './open-profile-rig.js';
import { pictureOf } from './picture.js';

/** What a start on a profile came to. */
export type Verdict =
  /** Nothing is open and the reason is shown. */
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'set-aside' }
  /** By service: `suspect` with its reason, or the whole picture of what is shown. */
  | {
      readonly kind: 'opened';
      readonly services: Readonly<Record<string, { suspect: string } | { picture: string }>>;
    };

/** Much later than anything in the profile, so that nobody's clock is odd. */
const NOW_MS = START_MS + 86_400_000;

/** Starts the app on a copy of a profile after `change` was done to it, lets it check everything, and says what it shows. */
export async function verdictOn(
  profile: ProfileFiles,
  change: (folder: string, secrets: Map<string, string>) => void = () => undefined,
): Promise<Verdict> {
  const { folder, remove } = temporaryFolder('fault');
  const keychain = memoryKeychain();
  try {
    cpSync(profile.folder, folder, { recursive: true });
    for (const [name, secret] of profile.secrets) keychain.secrets.set(name, secret);
    change(folder, keychain.secrets);
    const exportedTo = path.join(folder, 'export.json');
    const app = startOn({
      folder,
      keychain: keychain.library,
      clock: { nowMs: NOW_MS },
      ...(profile.server === undefined ? {} : { server: profile.server }),
      exportTo: () => {
        rmSync(exportedTo, { force: true });
        return exportedTo;
      },
    });
    if ('code' in app) return { kind: 'refused', code: app.code };
    try {
      await app.core.begin();
      if (app.setAside !== null) return { kind: 'set-aside' };
      const services: Record<string, { suspect: string } | { picture: string }> = {};
      for (const service of SERVICES) services[service] = await seenOf(app, service, exportedTo);
      return { kind: 'opened', services };
    } finally {
      await app.stop();
    }
  } finally {
    remove();
  }
}

async function seenOf(
  app: StartedApp,
  service: string,
  exportedTo: string,
): Promise<{ suspect: string } | { picture: string }> {
  const { ledger, purposes } = app.view(service);
  if (ledger.state !== 'suspect') return { picture: await pictureOf(app, service, exportedTo) };
  const open = purposes.filter(({ kind, state }) => kind === 'optional' && state === 'granted');
  if (open.length > 0) throw new Error(`suspect, and open all the same: ${JSON.stringify(open)}`);
  return { suspect: ledger.reason ?? 'for no reason' };
}

/**
 * In one word what a start came to, against what the untouched profile shows; null where something slipped through. The address of
 * an account is kept under a seal of its own: where that does not open, all else is as it was, no address is shown (`no address`),
 * and the service is asked for it again.
 */
export function outcomeOf(verdict: Verdict, untouched: Verdict): string | null {
  if (verdict.kind !== 'opened' || untouched.kind !== 'opened') {
    return verdict.kind === 'refused' ? `refused (${verdict.code})` : verdict.kind;
  }
  const words = SERVICES.map((service) => {
    const seen = verdict.services[service];
    if (seen && 'suspect' in seen) return 'suspect';
    const was = untouched.services[service];
    if (!seen || !was || 'suspect' in was) return null;
    if (seen.picture === was.picture) return 'identical';
    return seen.picture === withoutAddress(was.picture) ? 'no address' : null;
  });
  if (words.includes(null)) return null;
  if (words.includes('suspect')) return 'suspect';
  return words.includes('no address') ? 'no address' : 'identical';
}

function withoutAddress(picture: string): string {
  const seen = JSON.parse(picture) as { readonly shown: { readonly subject: object } };
  const { shown } = seen;
  return JSON.stringify({
    ...seen,
    shown: { ...shown, subject: { ...shown.subject, email: null } },
  });
}
