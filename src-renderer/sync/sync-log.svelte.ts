import type { Bridge } from '../../src-shared/ipc-contract.js';
import type { SyncDetailView, SyncTry } from '../../src-shared/views.js';
import { ask } from '../bridge.js';
import type { Schedule } from '../choices.svelte.js';

/** A try that has come to no end by then ends without a word; the service is given up on much earlier. */
const LONGEST_TRY_MS = 30_000;

/** The detail of one service's sync, read again whenever something of it changes. */
export class SyncLog {
  detail = $state.raw<SyncDetailView | null>(null);
  state = $state<'reading' | 'read' | 'unreadable'>('reading');
  /** Whether a try that was asked for here is under way. */
  isTrying = $state(false);
  /** What came of the try that was asked for last. */
  outcome = $state.raw<SyncTry | null>(null);
  readonly #bridge: Bridge;
  readonly #service: string;
  readonly #schedule: Schedule;
  #running = false;
  #isStale = false;
  /** When the newest try was that had ended before the one asked for. */
  #triedBefore: string | null = null;
  #callOff: () => void = () => undefined;

  constructor(bridge: Bridge, service: string, schedule: Schedule) {
    this.#bridge = bridge;
    this.#service = service;
    this.#schedule = schedule;
  }

  /** Reads, and follows what changes; the answer ends that. */
  follow(): () => void {
    this.outcome = null;
    void this.refresh();
    const unsubscribe = this.#bridge.on('sync.changed', ({ service }) => {
      if (service === this.#service) void this.refresh();
    });
    return () => {
      unsubscribe();
      this.#callOff();
    };
  }

  /** Many changes in a row are one more reading after the one that is under way. */
  async refresh(): Promise<void> {
    this.#isStale = true;
    if (this.#running) return;
    this.#running = true;
    while (this.#isStale) {
      this.#isStale = false;
      const answer = await ask(this.#bridge, 'sync.detail', { service: this.#service });
      if (answer.ok) this.#take(answer.value);
      this.state = answer.ok ? 'read' : 'unreadable';
    }
    this.#running = false;
  }

  /** Asks for a try at once; a second press while it is under way is the same try. */
  async tryNow(): Promise<void> {
    if (this.isTrying) return;
    this.isTrying = true;
    this.outcome = null;
    this.#triedBefore = this.detail?.tries[0]?.at ?? null;
    this.#callOff = this.#schedule(() => {
      this.isTrying = false;
    }, LONGEST_TRY_MS);
    await ask(this.#bridge, 'sync.now', { service: this.#service });
    await this.refresh();
  }

  #take(detail: SyncDetailView): void {
    this.detail = detail;
    const newest = detail.tries[0];
    if (!this.isTrying || !newest || newest.at === this.#triedBefore) return;
    this.isTrying = false;
    this.outcome = newest;
    this.#callOff();
  }
}
