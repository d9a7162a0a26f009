import type { IpcFailure } from '../../src-shared/failures.js';
import type {
  ExportedView,
  HistoryEntryView,
  HistoryFailure,
  HistoryFilter,
  HistoryView,
  ImportedView,
  ImportFailure,
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
  /** Which entries are on show; null: all. */
  filter = $state.raw<HistoryFilter | null>(null);
  /** Where what was said earlier begins; null when everything is here. */
  readonly before = $derived(this.#pages.at(-1)?.before ?? null);
  readonly #bridge: Bridge;
  readonly #service: string;
  readonly #call: 'history.read' | 'history.imported';
  #running = false;
  #isStale = false;

  /** @param call which list of entries it reads. */
  constructor(
    bridge: Bridge,
    service: string,
    call: 'history.read' | 'history.imported' = 'history.read',
  ) {
    this.#call = call;
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
    const shown = this.entries.length;
    let next: number | null = this.before;
    do {
      const answer = await this.#read(next);
      if (!answer.ok) {
        this.state = 'unreadable';
        break;
      }
      this.#pages = [...this.#pages, answer.value];
      next = answer.value.before;
    } while (next !== null && this.entries.length === shown && !this.#isStale);
    this.#running = false;
    if (this.#isStale) await this.refresh();
  }

  /** Shows only some entries, from the newest on. */
  async show(filter: HistoryFilter | null): Promise<void> {
    this.filter = filter;
    this.#pages = [];
    this.state = 'reading';
    await this.refresh();
  }

  shownText(shown: ShownPolicy): Promise<Result<PolicyView, Failure>> {
    return ask(this.#bridge, 'history.shownText', { service: this.#service, shown });
  }

  export(what: Input<'history.export'>): Promise<Result<ExportedView, Failure>> {
    return ask(this.#bridge, 'history.export', what);
  }

  /** Takes in a file as history. */
  import(): Promise<Result<ImportedView, ImportFailure | IpcFailure>> {
    return ask(this.#bridge, 'history.import', { service: this.#service });
  }

  /** Deletes everything that was imported. */
  dropImported(): Promise<Result<null, Failure>> {
    return ask(this.#bridge, 'history.dropImported', { service: this.#service });
  }

  erase(id: string): Promise<Result<null, Failure>> {
    return ask(this.#bridge, 'history.erase', { service: this.#service, id });
  }

  async #readAtLeast(count: number): Promise<void> {
    const { filter } = this;
    const pages: HistoryView[] = [];
    let before: number | null = null;
    do {
      const answer = await this.#read(before);
      if (!answer.ok) {
        this.state = 'unreadable';
        return;
      }
      // What was asked for meanwhile is something else.
      if (this.filter !== filter) return;
      pages.push(answer.value);
      ({ before } = answer.value);
    } while (before !== null && isShort(pages, Math.max(count, 1)));
    this.#pages = pages;
    this.state = 'read';
  }

  #read(before: number | null): Promise<Result<HistoryView, Failure>> {
    const input = { service: this.#service, before };
    const { filter } = this;
    if (this.#call === 'history.imported') return ask(this.#bridge, this.#call, input);
    return ask(this.#bridge, this.#call, filter ? { ...input, filter } : input);
  }
}

function isShort(pages: Pages, wanted: number): boolean {
  return pages.reduce((total, { entries }) => total + entries.length, 0) < wanted;
}
