import type { DevicesView, DeviceView } from '../../src-shared/account-view.js';
import type { AccountFailure, IpcFailure } from '../../src-shared/failures.js';
import type { Bridge } from '../../src-shared/ipc-contract.js';
import type { Result } from '../../src-shared/result.js';
import { ask } from '../bridge.js';
import type { Schedule } from '../choices.svelte.js';

type Failure = AccountFailure | IpcFailure;

/** The service says nothing when somebody signs in elsewhere: while the list is on show it is asked again this often. */
const READ_EVERY_MS = 10_000;

/** Where the account of a service is signed in, as long as the list is on show; nothing of it is kept longer. */
export class DevicesLog {
  view = $state.raw<DevicesView | null>(null);
  /** Why there is nothing to show. */
  unread = $state.raw<Failure | null>(null);
  /** The session that is being ended; `others` for all but this one. */
  ending = $state<string | null>(null);
  /** Why the last one was not ended. */
  failure = $state.raw<Failure | null>(null);
  readonly #bridge: Bridge;
  readonly #service: string;
  readonly #schedule: Schedule;
  #isReading = false;
  #isOnShow = false;
  #callOff: () => void = () => undefined;

  constructor(bridge: Bridge, service: string, schedule: Schedule) {
    this.#bridge = bridge;
    this.#service = service;
    this.#schedule = schedule;
  }

  /** Reads, and reads again as long as it is on show; the answer ends that. */
  follow(): () => void {
    this.#isOnShow = true;
    void this.read();
    return () => {
      this.#isOnShow = false;
      this.#callOff();
    };
  }

  async read(): Promise<void> {
    if (this.#isReading || this.#isEnding()) return;
    this.#isReading = true;
    this.#callOff();
    const answer = await ask(this.#bridge, 'account.devices', { service: this.#service });
    this.#isReading = false;
    // What was asked before a session was ended may not know it yet.
    if (!this.#isEnding()) this.#take(answer);
    if (this.#isOnShow) this.#callOff = this.#schedule(() => void this.read(), READ_EVERY_MS);
  }

  /** @returns whether it is ended. */
  end(device: DeviceView): Promise<boolean> {
    return this.#end(device.id, () =>
      ask(this.#bridge, 'account.endDevice', { service: this.#service, session: device.id }),
    );
  }

  /** @returns whether all others are ended. */
  endOthers(): Promise<boolean> {
    return this.#end('others', () =>
      ask(this.#bridge, 'account.endOthers', { service: this.#service }),
    );
  }

  async #end(what: string, call: () => Promise<Result<DevicesView, Failure>>): Promise<boolean> {
    if (this.ending !== null) return false;
    this.ending = what;
    this.failure = null;
    const answer = await call();
    this.ending = null;
    if (answer.ok) this.#take(answer);
    else this.failure = answer.error;
    // Some may be ended although not all are.
    if (!answer.ok) await this.read();
    return answer.ok;
  }

  #isEnding(): boolean {
    return this.ending !== null;
  }

  #take(answer: Result<DevicesView, Failure>): void {
    this.unread = answer.ok ? null : answer.error;
    this.view = answer.ok ? answer.value : null;
  }
}
