import type { IpcFailure } from '../../src-shared/failures.js';
import type {
  ExportedView,
  HistoryEntryView,
  HistoryFailure,
  HistoryView,
} from '../../src-shared/history-view.js';
import type { ShownPolicy } from '../../src-shared/consent/decision.js';
import type { Bridge, Input } from '../../src-shared/ipc-contract.js';
import type { Result } from '../../src-shared/result.js';
import type { PolicyView } from '../../src-shared/views.js';
import { ask } from '../bridge.js';

type Failure = HistoryFailure | IpcFailure;
type Pages = readonly HistoryView[];

/** What was said about one service, as far back as the person has looked. */
export class HistoryLog {
  #pages = $state.raw<Pages>([]);
  state = $state<'reading' | 'read' | 'unreadable'>('reading');
  readonly entries = $derived<readonly HistoryEntryView[]>(
    this.#pages.flatMap(({ entries }) => entries),
  );
  /** Where what was said earlier begins; null when everything is here. */
  readonly before = $derived(this.#pages.at(-1)?.before ?? null);
  readonly #bridge: Bridge;
  readonly #service: string;
  #running = false;
  #isStale = false;

  constructor(bridge: Bridge, service: string) {
    this.#bridge = bridge;
    this.#service = service;
  }

  /**
   * Reads again as much as is on show, so that the list keeps its place. Many changes in a row are one more reading after
   * the one that is under way.
   */
  async refresh(): Promise<void> {
    this.#isStale = true;
    if (this.#running) return;
    this.#running = true;
    while (this.#isStale) {
      this.#isStale = false;
      await this.#readAtLeast(this.entries.length);
    }
    this.#running = false;
  }

  async showEarlier(): Promise<void> {
    if (this.#running || this.before === null) return;
    this.#running = true;
    const answer = await this.#read(this.before);
    this.#running = false;
    if (answer.ok) this.#pages = [...this.#pages, answer.value];
    else this.state = 'unreadable';
    if (this.#isStale) await this.refresh();
  }

  shownText(shown: ShownPolicy): Promise<Result<PolicyView, Failure>> {
    return ask(this.#bridge, 'history.shownText', { service: this.#service, shown });
  }

  export(what: Input<'history.export'>): Promise<Result<ExportedView, Failure>> {
    return ask(this.#bridge, 'history.export', what);
  }

  erase(id: string): Promise<Result<null, Failure>> {
    return ask(this.#bridge, 'history.erase', { service: this.#service, id });
  }

  async #readAtLeast(count: number): Promise<void> {
    const pages: HistoryView[] = [];
    let before: number | null = null;
    do {
      const answer = await this.#read(before);
      if (!answer.ok) {
        this.state = 'unreadable';
        return;
      }
      pages.push(answer.value);
      ({ before } = answer.value);
    } while (before !== null && pages.flatMap(({ entries }) => entries).length < count);
    this.#pages = pages;
    this.state = 'read';
  }

  #read(before: number | null): Promise<Result<HistoryView, Failure>> {
    return ask(this.#bridge, 'history.read', { service: this.#service, before });
  }
}
