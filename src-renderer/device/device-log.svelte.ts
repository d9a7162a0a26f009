import type { DeviceFailure, DeviceView } from '../../src-shared/device-view.js';
import type { IpcFailure } from '../../src-shared/failures.js';
import type { Bridge } from '../../src-shared/ipc-contract.js';
import type { Result } from '../../src-shared/result.js';
import { ask } from '../bridge.js';
import type { Schedule } from '../choices.svelte.js';
import { createFresh, followService } from './fresh.js';

/** Cookies tell of themselves; for everything else a page may keep while it is open, it is looked this often. */
const LOOK_EVERY_MS = 400;

export type DeviceOutcome = Result<null, DeviceFailure | IpcFailure>;

/** What is stored on this device for one service, read again whenever it changes. */
export class DeviceLog {
  view = $state.raw<DeviceView | null>(null);
  state = $state<'reading' | 'read' | 'unreadable'>('reading');
  readonly #bridge: Bridge;
  readonly #service: string;
  readonly #schedule: Schedule;
  readonly #fresh = createFresh(() => this.#read());
  #isFollowed = false;
  #callOff: () => void = () => undefined;

  constructor(bridge: Bridge, service: string, schedule: Schedule) {
    this.#bridge = bridge;
    this.#service = service;
    this.#schedule = schedule;
  }

  /** Reads, and follows what changes; the answer ends that. */
  follow(): () => void {
    this.#isFollowed = true;
    void this.refresh();
    const end = followService(this.#bridge, this.#service, () => this.refresh());
    return () => {
      this.#isFollowed = false;
      this.#callOff();
      end();
    };
  }

  refresh(): Promise<void> {
    return this.#fresh.refresh();
  }

  async remove(id: string): Promise<DeviceOutcome> {
    return this.#take(await ask(this.#bridge, 'device.delete', { service: this.#service, id }));
  }

  async forget(): Promise<DeviceOutcome> {
    return this.#take(await ask(this.#bridge, 'device.forget', { service: this.#service }));
  }

  #take(outcome: Result<DeviceView, DeviceFailure | IpcFailure>): DeviceOutcome {
    if (!outcome.ok) return outcome;
    this.view = outcome.value;
    this.state = 'read';
    return { ok: true, value: null };
  }

  async #read(): Promise<void> {
    this.#callOff();
    const answer = await ask(this.#bridge, 'device.read', { service: this.#service });
    if (answer.ok) this.view = answer.value;
    this.state = answer.ok ? 'read' : 'unreadable';
    if (answer.ok && answer.value.isSiteOpen && this.#isFollowed) {
      this.#callOff = this.#schedule(() => void this.refresh(), LOOK_EVERY_MS);
    }
  }
}
