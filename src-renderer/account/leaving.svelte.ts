import type { IpcFailure, LeaveFailure } from '../../src-shared/failures.js';
import type { Bridge, Unsent } from '../../src-shared/ipc-contract.js';
import type { Result } from '../../src-shared/result.js';
import type { ServiceView } from '../../src-shared/views.js';
import { ask } from '../bridge.js';

/** What signing out of one service would find unsent. */
export interface UnsentOf extends Unsent {
  /** The service's name. */
  readonly service: string;
}

/** The ways to leave an account beside the plain one: what is asked, what runs, and why the last did not work. */
export class Leaving {
  running = $state(false);
  failure = $state.raw<LeaveFailure | IpcFailure | null>(null);
  /** The question on the screen. */
  asked = $state.raw<'erase' | { readonly everywhere: readonly UnsentOf[] } | null>(null);
  readonly #bridge: Bridge;
  readonly #service: string;
  readonly #apply: (view: ServiceView) => void;
  /** Told when a press was kept. */
  readonly #onSaved: (service: string) => void;

  constructor(
    bridge: Bridge,
    service: string,
    apply: (view: ServiceView) => void,
    onSaved: (service: string) => void,
  ) {
    this.#bridge = bridge;
    this.#service = service;
    this.#apply = apply;
    this.#onSaved = onSaved;
  }

  /** Refuses everything and signs out; no question before it. */
  async withdraw(revision: number): Promise<void> {
    const input = { service: this.#service, revision };
    const outcome = await this.#run(() => ask(this.#bridge, 'session.withdrawAndSignOut', input));
    if (!outcome?.ok && outcome?.error.code !== 'key-locked') return;
    this.#onSaved(this.#service);
    if (outcome.ok) this.#apply(outcome.value);
  }

  async erase(): Promise<void> {
    this.asked = null;
    const input = { service: this.#service };
    const outcome = await this.#run(() => ask(this.#bridge, 'session.signOutAndErase', input));
    if (outcome?.ok) this.#apply(outcome.value);
  }

  /** Signs out of all services, or asks first where something would be left unsent. */
  async everywhere(services: readonly ServiceView[]): Promise<void> {
    const unsent = await Promise.all(services.map((service) => this.#unsentOf(service)));
    const everywhere = unsent.filter(({ waiting }) => waiting > 0);
    if (everywhere.length > 0) this.asked = { everywhere };
    else await this.leaveEverywhere();
  }

  async leaveEverywhere(): Promise<void> {
    this.asked = null;
    // What every service looks like afterwards comes as an event.
    await this.#run(() => ask(this.#bridge, 'session.signOutEverywhere', {}));
  }

  async #unsentOf({ id, name }: ServiceView): Promise<UnsentOf> {
    const answer = await ask(this.#bridge, 'session.unsent', { service: id });
    return { service: name, ...(answer.ok ? answer.value : { waiting: 0, grants: 0 }) };
  }

  /** @returns null where something is under way already. */
  async #run<Value>(
    start: () => Promise<Result<Value, LeaveFailure | IpcFailure>>,
  ): Promise<Result<Value, LeaveFailure | IpcFailure> | null> {
    if (this.running) return null;
    this.running = true;
    this.failure = null;
    const outcome = await start();
    this.running = false;
    if (!outcome.ok) this.failure = outcome.error;
    return outcome;
  }
}
