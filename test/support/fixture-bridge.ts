import { bannerShows } from '../../src-shared/consent/asking.js';
import type { Head, PurposeReading } from '../../src-shared/consent/effective-state.js';
import type {
  Bridge,
  CallName,
  EventName,
  Events,
  Input,
  Output,
  QuitWaiting,
} from '../../src-shared/ipc-contract.js';
import type { HistoryEntryView } from '../../src-shared/history-view.js';
import type { Manifest } from '../../src-shared/manifest.js';
import { differenceOf } from '../../src-shared/policy-difference.js';
import type { PolicyText } from '../../src-shared/policy-text.js';
import { failed, ok } from '../../src-shared/result.js';
import type {
  AppView,
  PurposeView,
  ServiceView,
  SubjectView,
  SyncDetailView,
  SyncTry,
  SyncView,
} from '../../src-shared/views.js';
import type { DevicesView } from '../../src-shared/account-view.js';
import { fixtureAccount } from './fixture-account.js';
import { fixtureGate, type FixtureGateParts } from './fixture-gate.js';
import { fixtureHistory } from './fixture-history.js';
import { fixtureLimits } from './fixture-limits.js';

/** A service as it lies in `resources/services`. */
export interface FixtureService {
  readonly manifest: Manifest;
  readonly policy: PolicyText;
}

/** What the main process would be in; every member can be set to look at one state of the window. */
export interface FixtureOptions {
  readonly services: readonly FixtureService[];
  readonly app?: Partial<
    Pick<AppView, 'fatal' | 'keychain' | 'problems' | 'opened' | 'lang' | 'setAside'>
  >;
  /** Laid over every service at the start. */
  readonly view?: Partial<
    Pick<
      ServiceView,
      'subject' | 'sync' | 'askAboutDeviceChoices' | 'ledger' | 'clock' | 'announcement'
    >
  >;
  readonly purposes?: Readonly<Record<string, Partial<PurposeView>>>;
  /** What the version after the one on show has otherwise; none: there is nothing to compare. */
  readonly newer?: Partial<PolicyText>;
  /** Laid over the "Sync" detail of every service. */
  readonly sync?: Partial<SyncDetailView>;
  /** Laid over the list of devices of every account. */
  readonly devices?: Partial<DevicesView>;
  /** What is stored on this device, and what the gate did; the same for every service. */
  readonly device?: FixtureGateParts['device'];
  readonly gate?: FixtureGateParts['gate'];
  /** Puts the question before quitting at once. */
  readonly quitAsked?: readonly QuitWaiting[];
  /** What was said, newest first; shown for every service. */
  readonly history?: readonly HistoryEntryView[];
  /** Calls that answer with this failure instead of doing anything. */
  readonly failing?: {
    readonly [Name in CallName]?: { readonly code: string; readonly cause?: string };
  };
  readonly nowMs: () => number;
}

const LOCAL: SyncView = { state: 'local', waiting: 0, problem: 'none' };
const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

interface Held {
  view: ServiceView;
  acknowledged: boolean;
  dismissed: boolean;
  refused: boolean;
  calledBack: boolean;
}

/**
 * A main process in memory, honest enough to press through: decisions move the revision, a refusal ends the asking, a
 * yes to an older screen is refused, signing in and out changes whose choices they are. It keeps nothing and sends nothing.
 */
export function createFixtureBridge(options: FixtureOptions): Bridge {
  const listeners = new Map<EventName, Set<(payload: never) => void>>();
  const all = new Map(
    options.services.map((service) => [service.manifest.id, begin(service, options)]),
  );

  const tries: SyncTry[] = [];

  const emit = <Name extends EventName>(name: Name, payload: Events[Name]): void => {
    for (const listener of listeners.get(name) ?? []) {
      (listener as (payload: Events[Name]) => void)(payload);
    }
  };
  const heldOf = (id: string): Held => {
    const held = all.get(id);
    if (!held) throw new Error(`No fixture service ${id}`);
    return held;
  };
  const change = (held: Held, part: Partial<ServiceView>): ServiceView => {
    const next = { ...held.view, ...part, revision: held.view.revision + 1 };
    held.view = { ...next, bannerShows: asks(held, next, options.nowMs()) };
    emit('service.changed', held.view);
    return held.view;
  };
  const subjectAs = (id: string, subject: SubjectView, sync: SyncView): ServiceView =>
    change(heldOf(id), { subject, sync });

  const signIn = ({
    service,
    email,
    remember,
  }: Input<'session.signIn'>): Output<'session.signIn'> => {
    const expiresAt = new Date(options.nowMs() + YEAR_MS / 12).toISOString();
    const subject = { kind: 'signed-in', email, remembered: remember, expiresAt } as const;
    return ok(subjectAs(service, subject, { state: 'synced', waiting: 0, problem: 'none' }));
  };

  const policyOf = (service: string) => {
    const found = options.services.find(({ manifest }) => manifest.id === service);
    if (!found) return null;
    const { version, dated, lang, label, sections } = found.policy;
    return { service, version, dated, lang, label, sections };
  };

  const handlers: { readonly [Name in CallName]: (input: Input<Name>) => Output<Name> } = {
    'app.snapshot': () => ({
      fatal: null,
      version: '0.0.0',
      lang: 'en-GB',
      chosenLang: null,
      opened: options.services[0]?.manifest.id ?? null,
      problems: [],
      keychain: 'available',
      setAside: null,
      policy: null,
      services: [...all.values()].map(({ view }) => view),
      ...options.app,
    }),
    'policy.read': ({ service }) => {
      const policy = policyOf(service);
      return policy ? ok(policy) : failed({ code: 'unknown-service' });
    },
    'policy.versions': ({ service }) => {
      const found = options.services.find(({ manifest }) => manifest.id === service)?.policy;
      if (!found) return failed({ code: 'unknown-service' });
      const { version, dated, effectiveAt, lang } = found;
      const current = { version, dated, effectiveAt, lang, standing: 'current' as const };
      return ok({ service, versions: [current], checkedAt: null });
    },
    'policy.readVersion': ({ service }) => {
      const policy = policyOf(service);
      return policy ? ok(policy) : failed({ code: 'unknown-version' });
    },
    ...fixtureGate({ device: options.device, gate: options.gate }),
    'policy.difference': ({ service, from }) => {
      const found = options.services.find(({ manifest }) => manifest.id === service);
      if (!found || !options.newer) return failed({ code: 'not-comparable' });
      const newer: PolicyText = { ...found.policy, ...options.newer };
      return ok({ ...differenceOf(found.policy, newer), from: from ?? found.policy.version });
    },
    'consent.decide': (press) => {
      const held = heldOf(press.service);
      const at = options.nowMs();
      const said = choicesOf(press, held.view);
      const allows = [...said.values()].includes('granted');
      if (allows && press.revision !== held.view.revision)
        return failed({ code: 'screen-changed' });
      held.acknowledged ||= press.action === 'acknowledge';
      held.refused ||= press.action === 'necessary-only' || press.action === 'withdraw';
      held.calledBack = false;
      const purposes = held.view.purposes.map((purpose) =>
        decided(purpose, said.get(purpose.id), at),
      );
      return ok({ revision: change(held, { purposes }).revision });
    },
    'banner.dismiss': ({ service }) => {
      const held = heldOf(service);
      held.dismissed = true;
      held.calledBack = false;
      change(held, {});
      return null;
    },
    'banner.callBack': ({ service }) => {
      const held = heldOf(service);
      held.calledBack = true;
      change(held, {});
      return null;
    },
    'session.createAccount': signIn,
    'session.signIn': signIn,
    'session.browserSignIn': ({ service, remember }) =>
      signIn({ service, remember, email: 'ada@example.org', password: '' }),
    'session.browserOpenAgain': () => null,
    'session.browserCancel': () => null,
    'session.unsent': ({ service }) => ({
      waiting: heldOf(service).view.sync.waiting,
      grants: Math.floor(heldOf(service).view.sync.waiting / 2),
    }),
    'session.signOut': ({ service }) => ok(subjectAs(service, { kind: 'signed-out' }, LOCAL)),
    ...fixtureLimits({
      services: [...all.keys()],
      viewOf: (service) => heldOf(service).view,
      change: (service, part) => change(heldOf(service), part),
    }),
    ...fixtureAccount({
      services: [...all.keys()],
      devices: options.devices,
      nowMs: options.nowMs,
      leave: (service, subject) => subjectAs(service, subject, LOCAL),
    }),
    'session.deviceChoices': ({ service }) =>
      ok(change(heldOf(service), { askAboutDeviceChoices: false })),
    'session.arrivalRead': ({ service }) => ok(change(heldOf(service), { arrival: null })),
    'ledger.startOver': ({ service }) => {
      const held = heldOf(service);
      const purposes = held.view.purposes.map((purpose) => asAtFirst(purpose.id, purpose.kind));
      return ok(change(held, { ledger: { state: 'sound', reason: null }, purposes }));
    },
    ...fixtureHistory({
      entries: options.history ?? [],
      pageLength: 5,
      policyOf,
      onErased: (service) => void change(heldOf(service), {}),
    }),
    'sync.detail': ({ service }) =>
      ok({ ...detailOf(heldOf(service).view, tries), ...options.sync }),
    'keychain.tryAgain': () => 'available',
    'sync.now': ({ service }) => {
      const { problem } = heldOf(service).view.sync;
      tries.unshift({ at: new Date(options.nowMs()).toISOString(), problem });
      emit('sync.changed', { service });
      return null;
    },
    'language.choose': ({ lang }) => {
      emit('language.changed', { lang: lang ?? 'en-GB', chosen: lang });
      return null;
    },
    'app.open': () => null,
    'app.drawn': () => null,
    'quit.answer': () => null,
  };

  return {
    call(name, input) {
      const failure = options.failing?.[name];
      if (failure) return Promise.resolve(ok(failed(failure) as never));
      return Promise.resolve(ok(handlers[name](input)));
    },
    on(name, listener) {
      const known = listeners.get(name) ?? new Set();
      listeners.set(name, known.add(listener));
      const { quitAsked: waiting } = options;
      if (name === 'quit.asked' && waiting) queueMicrotask(() => emit('quit.asked', { waiting }));
      return () => known.delete(listener);
    },
  };
}

/** The detail of a service that nothing is known of but its view. */
function detailOf({ id, sync }: ServiceView, tries: readonly SyncTry[]): SyncDetailView {
  return {
    service: id,
    sync,
    address: `https://${id}.example/api`,
    live: sync.state === 'synced',
    lastReachedAt: tries.find(({ problem }) => problem === 'none')?.at ?? null,
    nextTryAt: null,
    tries: [...tries],
    items: [],
    counts: { waiting: sync.waiting, refused: 0 },
    parting: 0,
  };
}

function begin({ manifest, policy }: FixtureService, options: FixtureOptions): Held {
  const purposes = manifest.purposes.map(({ id, kind }): PurposeView => {
    return { ...asAtFirst(id, kind), ...options.purposes?.[id] };
  });
  const view: ServiceView = {
    id: manifest.id,
    name: manifest.name,
    publisher: manifest.publisher,
    revision: 1,
    signIn: { way: 'password' },
    bannerKind: manifest.banner,
    bannerShows: false,
    purposes,
    signal: false,
    subject: { kind: 'signed-out' },
    askAboutDeviceChoices: false,
    arrival: null,
    sync: LOCAL,
    ledger: { state: 'sound', reason: null },
    clock: 'fine',
    announcement: null,
    policy: { version: policy.version, dated: policy.dated, lang: policy.lang },
    ...options.view,
  };
  const held = { view, acknowledged: false, dismissed: false, refused: false, calledBack: false };
  held.view = { ...view, bannerShows: asks(held, view, options.nowMs()) };
  return held;
}

/** A purpose nobody has said anything about. */
function asAtFirst(id: string, kind: PurposeView['kind']): PurposeView {
  return {
    id,
    kind,
    state: kind === 'necessary' ? 'granted' : 'not-asked',
    since: null,
    until: null,
    heldByDevice: false,
    saidHere: false,
    overruledGrantAt: null,
    limit: null,
    neverHere: false,
  };
}

function asks(held: Held, view: ServiceView, trustedNowMs: number): boolean {
  if (view.askAboutDeviceChoices || view.ledger.state === 'suspect') return false;
  return bannerShows({
    kind: view.bannerKind,
    optional: view.purposes.filter(({ kind }) => kind === 'optional').map(readingOf),
    acknowledged: held.acknowledged,
    dismissed: held.dismissed,
    refusedInThisRun: held.refused,
    calledBack: held.calledBack,
    trustedNowMs,
  });
}

function readingOf({ id, state, since }: PurposeView): PurposeReading {
  const atMs = Date.parse(since ?? '') || 0;
  const by: Head = {
    id,
    choice: state === 'denied' ? 'denied' : 'granted',
    atMs,
    pressedAtMs: atMs,
    receivedAtMs: null,
    policyVersion: '',
    rests: false,
  };
  return { state, by: state === 'not-asked' ? null : by, untilMs: null, overruled: [] };
}

function choicesOf(
  { action, choices }: Input<'consent.decide'>,
  view: ServiceView,
): ReadonlyMap<string, 'granted' | 'denied'> {
  if (action === 'save') return new Map(Object.entries(choices));
  if (action === 'acknowledge') return new Map();
  const choice = action === 'accept-all' ? 'granted' : 'denied';
  const optional = view.purposes.filter(({ kind }) => kind === 'optional');
  return new Map(optional.map(({ id }) => [id, choice]));
}

function decided(
  purpose: PurposeView,
  choice: 'granted' | 'denied' | undefined,
  atMs: number,
): PurposeView {
  if (!choice) return purpose;
  const until = choice === 'granted' ? new Date(atMs + YEAR_MS).toISOString() : null;
  return {
    ...purpose,
    state: choice,
    since: new Date(atMs).toISOString(),
    until,
    heldByDevice: false,
    saidHere: true,
    overruledGrantAt: null,
  };
}
