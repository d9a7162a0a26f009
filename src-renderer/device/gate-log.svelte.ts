import type { GateExportFailure, GateView } from '../../src-shared/gate-view.js';
import type { ExportedView } from '../../src-shared/history-view.js';
import type { IpcFailure } from '../../src-shared/failures.js';
import type { Bridge } from '../../src-shared/ipc-contract.js';
import type { Result } from '../../src-shared/result.js';
import { ask } from '../bridge.js';
import { createFresh, followService } from './fresh.js';

/** What the gate did for one service, read again whenever it did something. */
export class GateLog {
  view = $state.raw<GateView | null>(null);
  state = $state<'reading' | 'read' | 'unreadable'>('reading');
  readonly #bridge: Bridge;
  readonly #service: string;
  readonly #fresh = createFresh(() => this.#read());

  constructor(bridge: Bridge, service: string) {
    this.#bridge = bridge;
    this.#service = service;
  }

  /** Reads, and follows what changes; the answer ends that. */
  follow(): () => void {
    void this.refresh();
    return followService(this.#bridge, this.#service, () => this.refresh());
  }

  refresh(): Promise<void> {
    return this.#fresh.refresh();
  }

  export(): Promise<Result<ExportedView, GateExportFailure | IpcFailure>> {
    return ask(this.#bridge, 'gate.export', { service: this.#service });
  }

  async #read(): Promise<void> {
    const answer = await ask(this.#bridge, 'gate.read', { service: this.#service });
    if (answer.ok) this.view = answer.value;
    this.state = answer.ok ? 'read' : 'unreadable';
  }
}
