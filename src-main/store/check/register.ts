import type { HeadChoice } from '../../../src-shared/consent/effective-state.js';
import { supersededBy } from '../../../src-shared/consent/effective-state.js';
import { EVERY_PURPOSE, type Decision } from '../../../src-shared/consent/decision.js';
import type { Remains } from '../../../src-shared/ledger/entry.js';

/** What the register's tables should hold, worked out from the decisions alone. */
export interface Derived {
  /** `purpose id choice`, sorted. */
  readonly heads: string[];
  /** `purpose id`, sorted. */
  readonly superseded: string[];
}

/** Collects decisions in any order and says what they come to. */
export interface RegisterCheck {
  /** @param isRefused whether the server refused it: then it opens nothing. */
  addDecision(decision: Decision, isRefused: boolean): void;
  addRemains(remains: Remains): void;
  derived(): Derived;
}

export function createRegisterCheck(): RegisterCheck {
  const said = new Map<string, HeadChoice>();
  const superseded = new Set<string>();
  const add = (
    id: string,
    choices: readonly (readonly [string, HeadChoice])[],
    naming: Pick<Decision, 'choices' | 'supersedes'>,
  ): void => {
    for (const [purpose, choice] of choices) said.set(`${purpose} ${id}`, choice);
    for (const purpose of Object.keys(naming.supersedes)) {
      for (const other of supersededBy(naming, purpose)) superseded.add(`${purpose} ${other}`);
    }
  };
  return {
    addDecision(decision, isRefused) {
      const choices = Object.entries(decision.choices).map(
        ([purpose, choice]) =>
          [purpose, isRefused && choice === 'granted' ? 'erased' : choice] as const,
      );
      add(decision.id, choices, decision);
    },
    addRemains({ id, purposes, supersedes }) {
      const choices = Object.fromEntries(purposes.map((purpose) => [purpose, 'denied' as const]));
      add(
        id,
        purposes.map((purpose) => [purpose, 'erased']),
        { choices, supersedes },
      );
    },
    derived() {
      const heads = [...said].flatMap(([key, choice]) => {
        const id = key.slice(key.indexOf(' ') + 1);
        const gone = superseded.has(key) || superseded.has(`${EVERY_PURPOSE} ${id}`);
        return gone ? [] : [`${key} ${choice}`];
      });
      return { heads: heads.toSorted(), superseded: [...superseded].toSorted() };
    },
  };
}
