import type { ServiceProfile } from '../src-shared/manifest.js';
import type { ServiceView } from '../src-shared/views.js';
import type { TrustedClock } from './clock/index.js';
import type { Consent } from './consent/index.js';
import type { Ledger } from './ledger/index.js';
import type { ShownPolicies } from './policy/index.js';
import type { Sessions } from './session/index.js';
import type { Sync } from './sync/index.js';

interface Parts {
  readonly profiles: readonly ServiceProfile[];
  readonly policies: ShownPolicies;
  readonly consent: Pick<Consent, 'screen'>;
  readonly sessions: Pick<Sessions, 'view'> & {
    readonly browser: Pick<Sessions['browser'], 'view'>;
  };
  readonly sync: Pick<Sync, 'view'>;
  readonly ledger: Pick<Ledger, 'view'>;
  readonly clock: Pick<TrustedClock, 'reading'>;
}

/** Puts together what a window shows of one service; null when there is no usable profile under that id. */
export function createServiceViews(parts: Parts): (service: string) => ServiceView | null {
  const { profiles, policies, consent, sessions, sync, ledger, clock } = parts;
  return (service) => {
    const manifest = profiles.find((profile) => profile.manifest.id === service)?.manifest;
    const policy = policies.current(service)?.text;
    const screen = consent.screen(service);
    if (!manifest || !policy || !screen) return null;
    const { id, name, publisher, banner } = manifest;
    const { version, dated, lang } = policy;
    const { askedAgain, ...shown } = screen;
    return {
      id,
      name,
      publisher,
      signIn: sessions.browser.view(id),
      bannerKind: banner,
      ...shown,
      subject: sessions.view(service),
      sync: sync.view(service),
      ledger: ledger.view(service),
      clock: clock.reading(),
      announcement: policies.announcement(service, askedAgain),
      policy: { version, dated, lang },
    };
  };
}
