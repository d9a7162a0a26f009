import type { PurposeView, ServiceView, SyncView } from '../../../src-shared/views.js';
import { english } from '../../support/english.js';
import { dayWords } from '../../../src-renderer/text/dates.js';

export const text = english;
export const words = { lang: 'en-GB', text, days: dayWords('en-GB') };

/** An optional purpose nobody was asked about, with what a test changes. */
export function purposeView(part: Partial<PurposeView> = {}): PurposeView {
  return {
    id: 'analytics',
    kind: 'optional',
    state: 'not-asked',
    since: null,
    until: null,
    heldByDevice: false,
    saidHere: true,
    overruledGrantAt: null,
    limit: null,
    neverHere: false,
    ...part,
  };
}

/** A service as it is for somebody signed in whose choices have all arrived, with what a test changes. */
export function serviceView(part: Partial<ServiceView> = {}): ServiceView {
  return {
    id: 'integro',
    name: 'Integro',
    publisher: 'Integro',
    revision: 1,
    signIn: { way: 'password' },
    bannerKind: 'choice',
    bannerShows: false,
    purposes: [purposeView()],
    signal: false,
    subject: { kind: 'signed-out' },
    askAboutDeviceChoices: false,
    arrival: null,
    sync: syncView(),
    ledger: { state: 'sound', reason: null },
    clock: 'fine',
    announcement: null,
    policy: { version: '1', dated: '2026-05-15', lang: 'en' },
    ...part,
  };
}

export function syncView(part: Partial<SyncView> = {}): SyncView {
  return { state: 'synced', waiting: 0, problem: 'none', ...part };
}
