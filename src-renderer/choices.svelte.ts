import type { Choice } from '../src-shared/consent/decision.js';
import type { Bridge } from '../src-shared/ipc-contract.js';
import type { ServiceView } from '../src-shared/views.js';
import { ask } from './bridge.js';
import {
  createDecideQueue,
  type Press,
  type PressFailure,
  type PressOutcome,
} from './decide-queue.js';

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

/** What the person has just pressed: shown at once, true once the main process has kept it, taken back if it could not. */
export class Choices {
  #pressed = $state.raw<Readonly<Record<string, { choice: Choice; press: number }>>>({});
  #answering = $state.raw<Readonly<Record<string, number>>>({});
  #saved = $state.raw<Readonly<Record<string, true>>>({});
  #refusals = $state.raw<Readonly<Record<string, Refusal>>>({});
  /** By service, what keeps "Saved" from ending early when another save follows. */
  readonly #callOff: Record<string, () => void> = {};
  readonly #bridge: Bridge;
  readonly #apply: (view: ServiceView) => void;
  readonly #schedule: Schedule;
  readonly #queue: ReturnType<typeof createDecideQueue>;
  #presses = 0;

  constructor(bridge: Bridge, apply: (view: ServiceView) => void, schedule: Schedule) {
    this.#bridge = bridge;
    this.#apply = apply;
    this.#schedule = schedule;
    this.#queue = createDecideQueue((press) => ask(bridge, 'consent.decide', press));
  }

  /** The answer on its way for one purpose, or null. */
  pressed(service: string, purpose: string): Choice | null {
    return this.#pressed[`${service} ${purpose}`]?.choice ?? null;
  }

  /** Whether the banner has been answered and the answer is being kept. */
  isAnswering(service: string): boolean {
    return (this.#answering[service] ?? 0) > 0;
  }

  /** Whether something of this service was kept in the last two seconds. */
  justSaved(service: string): boolean {
    return this.#saved[service] ?? false;
  }

  refusal(service: string): Refusal | null {
    return this.#refusals[service] ?? null;
  }

  clearRefusal(service: string): void {
    this.#refusals = without(this.#refusals, service);
  }

  /** One switch. */
  async save(service: ServiceView, purpose: string, choice: Choice): Promise<void> {
    await this.#press(
      service,
      { action: 'save', surface: 'settings', choices: { [purpose]: choice } },
      [[purpose, choice]],
    );
  }

  /** An answer to the banner, or "Withdraw everything": the action says it all. */
  async answer(
    service: ServiceView,
    action: Exclude<Press['action'], 'save'>,
    surface: Press['surface'],
  ): Promise<void> {
    const choice = choiceOf(action);
    const optional = service.purposes.filter(({ kind }) => kind === 'optional');
    const marks = optional.flatMap(({ id }): [string, Choice][] => (choice ? [[id, choice]] : []));
    const { [service.id]: open = 0 } = this.#answering;
    if (surface === 'banner') this.#answering = { ...this.#answering, [service.id]: open + 1 };
    await this.#press(service, { action, surface, choices: {} }, marks);
    if (surface === 'banner') {
      const { [service.id]: left = 1 } = this.#answering;
      this.#answering = { ...this.#answering, [service.id]: left - 1 };
    }
  }

  /** Whether this device's own choices become the account's. */
  async settleDeviceChoices(service: ServiceView, takeOver: boolean): Promise<void> {
    const outcome = await ask(this.#bridge, 'session.deviceChoices', {
      service: service.id,
      revision: service.revision,
      takeOver,
    });
    this.#take(service.id, outcome, null);
  }

  /** Puts a suspect ledger aside and begins anew. */
  async startOver(service: ServiceView): Promise<void> {
    const outcome = await ask(this.#bridge, 'ledger.startOver', { service: service.id });
    this.#take(service.id, outcome, null);
  }

  async #press(
    service: ServiceView,
    press: Pick<Press, 'action' | 'surface' | 'choices'>,
    marks: readonly (readonly [string, Choice])[],
  ): Promise<void> {
    this.#presses += 1;
    const number = this.#presses;
    for (const [purpose, choice] of marks) {
      const mark = { choice, press: number };
      this.#pressed = { ...this.#pressed, [`${service.id} ${purpose}`]: mark };
    }
    const outcome = await this.#queue.submit({
      ...press,
      service: service.id,
      revision: service.revision,
    });
    this.#take(service.id, outcome, marks[0]?.[1] ?? null);
    for (const [purpose] of marks) {
      const key = `${service.id} ${purpose}`;
      // A later press on the same switch is still on its way and keeps its own look.
      if (this.#pressed[key]?.press === number) this.#pressed = without(this.#pressed, key);
    }
  }

  #take(service: string, outcome: PressOutcome, said: Choice | null): void {
    if (outcome.ok) {
      this.#apply(outcome.value);
      this.clearRefusal(service);
      this.#showSaved(service);
    } else if (outcome.error.code !== 'overtaken') {
      this.#refusals = { ...this.#refusals, [service]: { failure: outcome.error, said } };
    }
  }

  #showSaved(service: string): void {
    this.#callOff[service]?.();
    this.#saved = { ...this.#saved, [service]: true };
    const end = (): void => {
      this.#saved = without(this.#saved, service);
    };
    this.#callOff[service] = this.#schedule(end, SAVED_SHOWN_MS);
  }
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
