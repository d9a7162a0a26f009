import type { IpcFailure } from '../src-shared/failures.js';
import type { Bridge, Events } from '../src-shared/ipc-contract.js';
import { failed, ok, type Result } from '../src-shared/result.js';
import type { AppView, FatalView, PolicyView, ServiceView } from '../src-shared/views.js';
import type { PageName } from '../src-shared/pages.js';
import { ask } from './bridge.js';
import { unusableServices, type UnusableService } from './problem-groups.js';

export type { PageName } from '../src-shared/pages.js';

/** What the right side of the window shows. */
export type Place =
  | { readonly kind: 'service'; readonly id: string; readonly page: PageName }
  | { readonly kind: 'unusable'; readonly folder: string }
  | { readonly kind: 'nothing' };

/** A policy as far as it has been read. */
export type Reading =
  | { readonly state: 'reading' }
  | { readonly state: 'read'; readonly policy: PolicyView }
  | { readonly state: 'unreadable' };

/** The snapshot of the app, kept true by events, and the place the person is at. */
export class AppState {
  /** Why nothing can be shown at all; null as a rule. */
  readonly fatal: FatalView | null;
  readonly version: string;
  /** BCP 47 tag of the window's language. */
  lang = $state('');
  /** The language the person chose here; null: the system's. */
  chosenLang = $state<string | null>(null);
  readonly unusable: readonly UnusableService[];
  services = $state.raw<readonly ServiceView[]>([]);
  keychain = $state<AppView['keychain']>('unknown');
  /** Where an unreadable database was put at this start, until the person has closed the notice of it. */
  setAside = $state<AppView['setAside']>(null);
  /** Whether a link led nowhere, until the person has closed the notice of it. */
  linkRefused = $state(false);
  /** Whether Help is open, and where it begins; it stays open while the window changes its language. */
  help = $state<'top' | 'language' | null>(null);
  place = $state.raw<Place>({ kind: 'nothing' });
  #readings = $state.raw<Readonly<Record<string, Reading>>>({});
  /** Called with the tag of another language to show the window in. */
  onLanguage: (lang: string) => unknown = () => undefined;
  readonly #bridge: Bridge;

  /** The opened service; null where a service that cannot be used, or none, is open. */
  readonly service = $derived.by(() => {
    const { place } = this;
    if (place.kind !== 'service') return null;
    return this.services.find(({ id }) => id === place.id) ?? null;
  });

  /** The policy of the opened service, in the version a decision would name. */
  readonly reading = $derived<Reading>(
    (this.service && this.#readings[readingKey(this.service)]) ?? { state: 'reading' },
  );

  constructor(bridge: Bridge, view: AppView) {
    this.#bridge = bridge;
    this.fatal = view.fatal;
    this.version = view.version;
    this.lang = view.lang;
    this.chosenLang = view.chosenLang;
    this.services = view.services;
    this.unusable = unusableServices(view.problems);
    this.keychain = view.keychain;
    this.setAside = view.setAside;
    const { policy } = view;
    if (policy)
      this.#setReading(readingKey({ id: policy.service, policy }), { state: 'read', policy });
    const first = view.services.find(({ id }) => id === view.opened) ?? view.services[0];
    const broken = this.unusable[0];
    if (first) this.open(first.id, 'policy');
    else if (broken) this.openUnusable(broken.folder);
  }

  /** Goes to a page of a usable service. Opening another service keeps the kind of page, as in a settings window. */
  open(id: string, page?: PageName): void {
    const service = this.services.find((known) => known.id === id);
    if (!service) return;
    const current = this.place.kind === 'service' ? this.place.page : 'policy';
    const isOther = this.service?.id !== id;
    this.place = { kind: 'service', id, page: page ?? current };
    if (isOther) void ask(this.#bridge, 'app.open', { service: id });
    void this.#read(service);
  }

  /** Shows what is wrong with a profile. */
  openUnusable(folder: string): void {
    this.place = { kind: 'unusable', folder };
  }

  /** Takes in a newer view; one that was overtaken on its way is dropped. */
  apply(view: ServiceView): void {
    const known = this.services.find(({ id }) => id === view.id);
    if (!known || known.revision > view.revision) return;
    // Signed out: a fresh page takes the place of this one, with everything that this one remembers. It offers nothing any more
    // that would be lost with it, such as an address half typed.
    if (hasLeft(known, view)) return;
    // The answer to a press and the event that follows it say the same.
    if (JSON.stringify(known) === JSON.stringify(view)) return;
    this.services = this.services.map((service) => (service.id === view.id ? view : service));
    if (this.service?.id === view.id) void this.#read(view);
  }

  /** The person chose a language, or the system's again. */
  speak({ lang, chosen }: Events['language.changed']): void {
    this.chosenLang = chosen;
    if (lang === this.lang) return;
    this.lang = lang;
    this.onLanguage(lang);
  }

  /** Follows a menu item or a second start. */
  navigate({ service, page }: Events['app.navigate']): void {
    const id = service ?? this.service?.id ?? this.services[0]?.id;
    if (id !== undefined) this.open(id, page);
  }

  /** Reads every policy ahead, so that going to another service waits for nothing. */
  readPolicies(): void {
    for (const service of this.services) void this.#read(service);
  }

  /** Reads the policy of the opened service again after it could not be read. */
  readAgain(): void {
    const { service } = this;
    if (!service) return;
    this.#setReading(readingKey(service), { state: 'reading' });
    void this.#read(service, true);
  }

  async #read(service: ServiceView, again = false): Promise<void> {
    const key = readingKey(service);
    if (this.#readings[key] && !again) return;
    this.#setReading(key, { state: 'reading' });
    const answer = await ask(this.#bridge, 'policy.read', { service: service.id });
    this.#setReading(
      key,
      answer.ok ? { state: 'read', policy: answer.value } : { state: 'unreadable' },
    );
  }

  #setReading(key: string, reading: Reading): void {
    this.#readings = { ...this.#readings, [key]: reading };
  }
}

function hasLeft(before: ServiceView, now: ServiceView): boolean {
  return before.subject.kind !== 'signed-out' && now.subject.kind === 'signed-out';
}

function readingKey({
  id,
  policy,
}: {
  id: string;
  policy: { version: string; lang: string };
}): string {
  return `${id} ${policy.version} ${policy.lang}`;
}

/**
 * Takes the one snapshot and follows the events. It listens before it asks, so that nothing falls between the two.
 */
export async function startState(bridge: Bridge): Promise<Result<AppState, IpcFailure>> {
  let state: AppState | null = null;
  const early: ((ready: AppState) => void)[] = [];
  const follow = (event: (ready: AppState) => void): void => {
    if (state) event(state);
    else early.push(event);
  };
  bridge.on('service.changed', (view) => follow((ready) => ready.apply(view)));
  bridge.on('app.navigate', (target) => follow((ready) => ready.navigate(target)));
  bridge.on('language.changed', (choice) => follow((ready) => ready.speak(choice)));
  bridge.on('link.refused', () =>
    follow((ready) => {
      ready.linkRefused = true;
    }),
  );
  bridge.on('keychain.changed', (keychain) =>
    follow((ready) => {
      ready.keychain = keychain;
    }),
  );
  const snapshot = await ask(bridge, 'app.snapshot', {});
  if (!snapshot.ok) return failed(snapshot.error);
  const ready = new AppState(bridge, snapshot.value);
  state = ready;
  for (const event of early) event(ready);
  return ok(ready);
}
