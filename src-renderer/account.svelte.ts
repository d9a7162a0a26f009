import { tick } from 'svelte';
import type { IpcFailure, SessionFailure } from '../src-shared/failures.js';
import type { Bridge, Unsent } from '../src-shared/ipc-contract.js';
import type { Result } from '../src-shared/result.js';
import type { ServiceView } from '../src-shared/views.js';
import { ask } from './bridge.js';

/** What was typed into the sign-in form of one service; kept while the person looks at other pages. */
export class Draft {
  email = $state('');
  password = $state('');
  remember = $state(false);
}

export type SessionCall = 'session.signIn' | 'session.createAccount' | 'session.signOut';

/** Signing in and out of one service: what runs, and why the last try did not work. */
export class Account {
  readonly draft = new Draft();
  running = $state<SessionCall | null>(null);
  failure = $state.raw<SessionFailure | IpcFailure | null>(null);
  /** What has not been sent, while the person is asked about it; null when nobody is asked. */
  unsent = $state.raw<Unsent | null>(null);
  readonly #bridge: Bridge;
  readonly #service: string;
  readonly #apply: (view: ServiceView) => void;

  constructor(bridge: Bridge, service: string, apply: (view: ServiceView) => void) {
    this.#bridge = bridge;
    this.#service = service;
    this.#apply = apply;
  }

  async begin(call: 'session.signIn' | 'session.createAccount'): Promise<void> {
    const { email, password, remember } = this.draft;
    const credentials = { service: this.#service, email: email.trim(), password, remember };
    const worked = await this.#run(call, () => ask(this.#bridge, call, credentials));
    if (worked) this.draft.remember = false;
  }

  /** What was typed leaves the page while its fields are still there to be emptied: a field that is gone keeps its last text. */
  async #forget(): Promise<void> {
    this.draft.email = '';
    this.draft.password = '';
    await tick();
    // The engine remembers the text of the newest match, which is the address that was checked.
    /^$/.test('');
  }

  /** Signs out at once, or asks first when something would be left unsent. */
  async leave(): Promise<void> {
    const answer = await ask(this.#bridge, 'session.unsent', { service: this.#service });
    if (answer.ok && answer.value.waiting > 0) this.unsent = answer.value;
    else await this.signOut();
  }

  async signOut(): Promise<void> {
    this.unsent = null;
    await this.#run('session.signOut', () =>
      ask(this.#bridge, 'session.signOut', { service: this.#service }),
    );
  }

  async #run(
    call: SessionCall,
    start: () => Promise<Result<ServiceView, SessionFailure | IpcFailure>>,
  ): Promise<boolean> {
    // A second press while the first is on its way must not begin a second session.
    if (this.running !== null) return false;
    this.running = call;
    this.failure = null;
    const outcome = await start();
    if (outcome.ok) await this.#forget();
    this.running = null;
    if (outcome.ok) this.#apply(outcome.value);
    else this.failure = outcome.error;
    return outcome.ok;
  }
}
