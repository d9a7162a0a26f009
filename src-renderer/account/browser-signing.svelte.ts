import type { BrowserSignInFailure, IpcFailure } from '../../src-shared/failures.js';
import type { Bridge } from '../../src-shared/ipc-contract.js';
import type { ServiceView } from '../../src-shared/views.js';
import { ask } from '../bridge.js';

/** Signing in to one service by the browser: what was ticked, and why the last try did not work. How far one is comes with the view. */
export class BrowserSigning {
  remember = $state(false);
  failure = $state.raw<BrowserSignInFailure | IpcFailure | null>(null);
  readonly #bridge: Bridge;
  readonly #service: string;
  readonly #apply: (view: ServiceView) => void;

  constructor(bridge: Bridge, service: string, apply: (view: ServiceView) => void) {
    this.#bridge = bridge;
    this.#service = service;
    this.#apply = apply;
  }

  /** Comes about when the person is signed in or the try is over. */
  async begin(): Promise<void> {
    this.failure = null;
    const input = { service: this.#service, remember: this.remember };
    const outcome = await ask(this.#bridge, 'session.browserSignIn', input);
    if (!outcome.ok) {
      // One that was stopped, or begun anew, needs no words.
      if (outcome.error.code !== 'cancelled') this.failure = outcome.error;
      return;
    }
    this.remember = false;
    this.#apply(outcome.value);
  }

  openAgain(): void {
    void ask(this.#bridge, 'session.browserOpenAgain', { service: this.#service });
  }

  cancel(): void {
    void ask(this.#bridge, 'session.browserCancel', { service: this.#service });
  }
}
