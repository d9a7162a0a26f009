import type { ServiceView } from '../src-shared/views.js';
import type { Choices } from './choices.svelte.js';

/** What a refusal of everything has just turned off, and can be turned on again by one press. */
export interface UndoOffer {
  readonly service: string;
  /** What the person pressed. */
  readonly said: 'necessary-only' | 'withdraw';
  readonly purposes: readonly string[];
}

/**
 * Remembers what a refusal of everything has turned off, until the person goes elsewhere or says anything else. Nothing is
 * taken back: turning it on again is a new decision, by a press that names what it turns on. Sale or sharing is not among it,
 * because a yes to that takes two confirmations.
 */
export class Undo {
  offer = $state.raw<UndoOffer | null>(null);
  readonly #choices: Pick<Choices, 'answer' | 'saveAll'>;

  constructor(choices: Pick<Choices, 'answer' | 'saveAll'>) {
    this.#choices = choices;
  }

  /** Sends the refusal, and offers to undo it where it turned something off and was kept. */
  async refuse(
    service: ServiceView,
    said: UndoOffer['said'],
    surface: 'banner' | 'settings',
  ): Promise<void> {
    const purposes = service.purposes
      .filter(({ kind, state }) => kind === 'optional' && state === 'granted')
      .map(({ id }) => id);
    this.offer = null;
    const isKept = await this.#choices.answer(service, said, surface);
    if (isKept && purposes.length > 0) this.offer = { service: service.id, said, purposes };
  }

  /** The person wants it on again: a decision of its own. */
  async turnOn(service: ServiceView): Promise<void> {
    const { offer } = this;
    this.offer = null;
    if (offer?.service === service.id) {
      await this.#choices.saveAll(service, offer.purposes, 'granted');
    }
  }

  forget(): void {
    this.offer = null;
  }
}

/** The purposes that an offer can still turn on: everything else was decided or limited meanwhile; null for none. */
export function undoable(offer: UndoOffer | null, service: ServiceView): readonly string[] | null {
  if (offer?.service !== service.id) return null;
  const isOff = (id: string): boolean =>
    service.purposes.some((one) => one.id === id && one.state === 'denied' && one.limit === null);
  return offer.purposes.every(isOff) ? offer.purposes : null;
}
