import { EVERY_PURPOSE, type Decision } from '../../src-shared/consent/decision.js';
import { supersededBy } from '../../src-shared/consent/effective-state.js';
import type { Remains } from '../../src-shared/ledger/entry.js';

/** One purpose of one decision, as the two tables behind the opt-out flag note it. */
export interface PurposeOfDecision {
  readonly decisionId: string;
  readonly purpose: string;
}

/** What the opt-out flag needs of a decision, or of what is left of one. */
export type Superseding = Pick<Decision, 'choices' | 'supersedes'>;

/** Remains as something that supersedes: wherever the erased decision spoke, whatever it said there. */
export function supersedingOf({ purposes, supersedes }: Remains): Superseding {
  const choices = Object.fromEntries(purposes.map((purpose) => [purpose, 'denied' as const]));
  return { choices, supersedes };
}

/** What `decision` takes the place of, purpose by purpose, each named once. `*` stays `*`. */
export function supersessionsOf(decision: Superseding): PurposeOfDecision[] {
  // What is superseded everywhere is noted once, under `*`, and not again for every purpose.
  const everywhere = new Set(supersededBy(decision, EVERY_PURPOSE));
  return Object.keys(decision.supersedes).flatMap((purpose) =>
    [...new Set(supersededBy(decision, purpose))]
      .filter((id) => purpose === EVERY_PURPOSE || !everywhere.has(id))
      .map((decisionId) => ({ decisionId, purpose })),
  );
}

/** What an opt-out signal denies, purpose by purpose; nothing for any other decision. */
export function signalDenialsOf(decision: Decision): PurposeOfDecision[] {
  if (decision.action !== 'signal') return [];
  return Object.keys(decision.choices).map((purpose) => ({ decisionId: decision.id, purpose }));
}
