import { flushSync } from 'svelte';
import type { Choice } from '../src-shared/consent/decision.js';
import type { Bridge } from '../src-shared/ipc-contract.js';
import type { Result } from '../src-shared/result.js';
import type { ServiceView } from '../src-shared/views.js';
import { ask } from './bridge.js';
import { createDecideQueue, type Press, type PressFailure } from './decide-queue.js';
import { createDrawWithAnswer } from './draw-with-answer.js';

/** The status line says "Saved on this device" for at least two seconds (surface.md). */
export const SAVED_SHOWN_MS = 2200;

/** A press that was not taken, to be told on the page of its service. */
export interface Refusal {
  readonly failure: PressFailure;
  readonly said: Choice | null;
}

/** The answers a banner can have. */
export type BannerAnswer = 'accept-all' | 'necessary-only' | 'acknowledge';

/** Runs `task` after `delayMs`; the answer calls it off. */
export type Schedule = (task: () => void, delayMs: number) => () => void;

/** A press, from the moment it is made until the view that it leads to is on show. */
interface Mark {
  readonly press: number;
  /** What was on show when it was made. */
  readonly on: ServiceView;
  /** The screen it left behind, once it is kept. */
  readonly revision: number | null;
}

/** What the person has just pressed: shown at once, true once the main process has kept it, taken back if it could not. */
export class Choices {
  #pressed = $state.raw<Readonly<Record<string, Mark & { readonly choice: Choice }>>>({});
  #answering = $state.raw<Readonly<Record<string, Mark>>>({});
  #saved = $state.raw<Readonly<Record<string, true>>>({});
  #refusals = $state.raw<Readonly<Record<string, Refusal>>>({});
  /** By service, what keeps "Saved" from ending early when another save follows. */
  readonly #callOff: Record<string, () => void> = {};
  readonly #bridge: Bridge;
  readonly #apply: (view: ServiceView) => void;
  readonly #schedule: Schedule;
  readonly #queue: ReturnType<typeof createDecideQueue>;
  readonly #drawWithAnswer: ReturnType<typeof createDrawWithAnswer>;
  #presses = 0;

  constructor(bridge: Bridge, apply: (view: ServiceView) => void, schedule: Schedule) {
    this.#bridge = bridge;
    this.#apply = apply;
    this.#schedule = schedule;
    this.#drawWithAnswer = createDrawWithAnswer(schedule);
    this.#queue = createDecideQueue((press) => ask(bridge, 'consent.decide', press));
  }

  /** The answer for one purpose that is on its way or not yet part of what is on show, or null. */
  pressed(service: ServiceView, purpose: string): Choice | null {
    const mark = this.#pressed[`${service.id} ${purpose}`];
    return mark && isOpen(mark, service) ? mark.choice : null;
  }

  /** Whether the banner has been answered and what is on show does not know it yet. */
  isAnswering(service: ServiceView): boolean {
    const mark = this.#answering[service.id];
    return mark !== undefined && isOpen(mark, service);
  }

  /** Whether something of this service was kept in the last two seconds. */
  justSaved(service: string): boolean {
    return this.#saved[service] ?? false;
  }

  refusal(service: string): Refusal | null {
    return this.#refusals[service] ?? null;
  }

  clearRefusal(service: string): void {
    if (!this.#refusals[service]) return;
    this.#refusals = without(this.#refusals, service);
  }

  /**
   * Allows or refuses purposes, as one decision.
   * @param bySwitch whether the control that was pressed has changed with the press, so that only its look has to follow.
   */
  async saveAll(
    service: ServiceView,
    purposes: readonly string[],
    choice: Choice,
    bySwitch?: boolean,
  ): Promise<void> {
    const said = purposes.map((purpose): [string, Choice] => [purpose, choice]);
    const press = {
      action: 'save',
      surface: 'settings',
      choices: Object.fromEntries(said),
    } as const;
    await this.#press(service, press, said, bySwitch);
  }

  /** An answer to the banner, or "Withdraw everything": the action says it all. Answers whether it was kept. */
  async answer(
    service: ServiceView,
    action: Exclude<Press['action'], 'save'>,
    surface: Press['surface'],
  ): Promise<boolean> {
    const choice = choiceOf(action);
    const optional = service.purposes.filter(({ kind }) => kind === 'optional');
    const marks = choice ? optional.map(({ id }) => [id, choice] as const) : [];
    return await this.#press(service, { action, surface, choices: {} }, marks);
  }

  /** Whether this device's own choices become the account's. */
  async settleDeviceChoices(service: ServiceView, takeOver: boolean): Promise<void> {
    const outcome = await ask(this.#bridge, 'session.deviceChoices', {
      service: service.id,
      revision: service.revision,
      takeOver,
    });
    this.#takeView(service.id, outcome);
  }

  /** The person has read that the account's choices apply here. */
  async arrivalRead(service: ServiceView): Promise<void> {
    const outcome = await ask(this.#bridge, 'session.arrivalRead', { service: service.id });
    if (outcome.ok) this.#apply(outcome.value);
    else this.#refused(service.id, outcome.error, null);
  }

  /** Puts a suspect ledger aside and begins anew. */
  async startOver(service: ServiceView): Promise<void> {
    const outcome = await ask(this.#bridge, 'ledger.startOver', { service: service.id });
    this.#takeView(service.id, outcome);
  }

  async #press(
    service: ServiceView,
    press: Pick<Press, 'action' | 'surface' | 'choices'>,
    marks: readonly (readonly [string, Choice])[],
    bySwitch?: boolean,
  ): Promise<boolean> {
    this.#presses += 1;
    const mark: Mark = { press: this.#presses, on: service, revision: null };
    // The call leaves before anything is drawn.
    const answered = this.#queue.submit({
      ...press,
      service: service.id,
      revision: service.revision,
    });
    const said = Object.fromEntries(
      marks.map(([purpose, choice]) => [`${service.id} ${purpose}`, { ...mark, choice }] as const),
    );
    const draw = this.#drawWithAnswer(() => {
      this.#pressed = { ...this.#pressed, ...said };
    });
    if (!bySwitch) draw();
    if (press.surface === 'banner') this.#answering = { ...this.#answering, [service.id]: mark };
    const outcome = await answered;
    if (outcome.ok) this.taken(service.id);
    draw();
    if (!outcome.ok) {
      // A switch goes back only from what it was drawn as.
      flushSync();
      this.#refused(service.id, outcome.error, marks[0]?.[1] ?? null);
    }
    const revision = outcome.ok ? outcome.value.revision : null;
    for (const key of Object.keys(said))
      this.#pressed = settled(this.#pressed, key, mark, revision);
    this.#answering = settled(this.#answering, service.id, mark, revision);
    return outcome.ok;
  }

  #takeView(service: string, outcome: Result<ServiceView, PressFailure>): void {
    if (!outcome.ok) {
      this.#refused(service, outcome.error, null);
      return;
    }
    this.#apply(outcome.value);
    this.taken(service);
  }

  /** Something of this service was kept. */
  taken(service: string): void {
    this.clearRefusal(service);
    this.#showSaved(service);
  }

  #refused(service: string, failure: PressFailure, said: Choice | null): void {
    if (failure.code !== 'overtaken')
      this.#refusals = { ...this.#refusals, [service]: { failure, said } };
  }

  #showSaved(service: string): void {
    this.#saved = { ...this.#saved, [service]: true };
    // The person waits for this word; whatever else comes of the press is drawn after it.
    flushSync();
    this.#callOff[service]?.();
    const end = (): void => {
      this.#saved = without(this.#saved, service);
    };
    this.#callOff[service] = this.#schedule(end, SAVED_SHOWN_MS);
  }
}

function isOpen({ revision, on }: Mark, service: ServiceView): boolean {
  return revision === null || service.revision < revision || service === on;
}

/** The marks with one kept, or taken away where it was not; a later press of the same keeps its own look. */
function settled<Kind extends Mark>(
  marks: Readonly<Record<string, Kind>>,
  key: string,
  { press }: Mark,
  revision: number | null,
): Readonly<Record<string, Kind>> {
  const mark = marks[key];
  if (mark?.press !== press) return marks;
  return revision === null ? without(marks, key) : { ...marks, [key]: { ...mark, revision } };
}

function choiceOf(action: Press['action']): Choice | null {
  if (action === 'acknowledge') return null;
  return action === 'accept-all' ? 'granted' : 'denied';
}

function without<Value>(
  record: Readonly<Record<string, Value>>,
  key: string,
): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
}
