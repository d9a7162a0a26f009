import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Choice, Decision } from '../../src-shared/consent/decision.js';
import {
  choiceFor,
  headIds,
  readPurpose,
  type Head,
} from '../../src-shared/consent/effective-state.js';
import { purposeIdSchema } from '../../src-shared/ids.js';
import { arrivals, ASKED, histories, PURPOSES } from '../support/client/histories.js';
import { referenceState, speaksAbout, standing } from '../support/client/reference-register.js';
import { sampleDecision, START_MS } from '../support/client/sample-decision.js';
import { tries } from '../support/client/property.js';
import { runsOf } from '../support/counts.js';

/** Each property takes a tenth of what the whole model takes, and never fewer than under mutation. */
const RUNS = Math.max(50, runsOf('histories') / 10);
const NEW = 5000;

function headsOf(decisions: readonly Decision[], purpose: string): Head[] {
  const ids = new Set(headIds(decisions, purpose));
  return decisions
    .filter(({ id }) => ids.has(id))
    .map((decision) => ({
      id: decision.id,
      choice: choiceFor(decision, purpose) ?? 'denied',
      atMs: Date.parse(decision.at),
      pressedAtMs: Date.parse(decision.at),
      receivedAtMs: null,
      policyVersion: decision.policy.version,
      rests: false,
    }));
}

function stateOf(decisions: readonly Decision[], purpose: string): string {
  const time = { trustedNowMs: START_MS, changedAtMs: () => null };
  return readPurpose(headsOf(decisions, purpose), time).state;
}

/** A decision that answers a screen on which everything known stood. */
function answering(
  decisions: readonly Decision[],
  purposes: readonly string[],
  choice: Choice,
): Decision {
  const seen = purposes.map((purpose) => [purpose, headIds(decisions, purpose)]);
  return sampleDecision(NEW, {
    choices: Object.fromEntries(purposes.map((purpose) => [purpose, choice])),
    supersedes: Object.fromEntries(seen),
    at: new Date(START_MS).toISOString(),
  });
}

describe('the effective state of a purpose', () => {
  it('agrees with the rule written a second time, for every purpose', () => {
    const property = fc.property(histories(40), (decisions) => {
      for (const purpose of ASKED) {
        const expected = standing(decisions, purpose).map(({ id }) => id);
        expect(headIds(decisions, purpose)).toEqual(expected.toSorted());
        const known = decisions.map((decision) => ({
          ...decision,
          atMs: Date.parse(decision.at),
          receivedAtMs: null,
          rests: false,
        }));
        expect(stateOf(decisions, purpose)).toBe(referenceState(known, purpose, START_MS));
      }
    });
    fc.assert(property, tries(RUNS));
  });

  it('is the same in whatever order, however often and in whatever groups decisions arrive', () => {
    const arrived = histories(40).chain((decisions) =>
      fc.tuple(fc.constant(decisions), arrivals(decisions)),
    );
    const property = fc.property(arrived, ([decisions, groups]) => {
      for (const purpose of ASKED) {
        const expected = headIds(decisions, purpose);
        expect(headIds(groups.flat(), purpose)).toEqual(expected);
        expect(headIds(groups.toReversed().flat(), purpose)).toEqual(expected);
      }
    });
    fc.assert(property, tries(RUNS));
  });

  it('does not depend on any clock as to which decisions stand', () => {
    const clocks = fc.array(fc.integer({ min: -1e12, max: 1e12 }), {
      minLength: 40,
      maxLength: 40,
    });
    const property = fc.property(histories(40), clocks, (decisions, offsets) => {
      const moved = decisions.map((decision, index) => ({
        ...decision,
        at: new Date(START_MS + (offsets[index] ?? 0)).toISOString(),
      }));
      for (const purpose of ASKED)
        expect(headIds(moved, purpose)).toEqual(headIds(decisions, purpose));
    });
    fc.assert(property, tries(RUNS));
  });

  it('is denied wherever a denial stands that nothing took the place of', () => {
    const property = fc.property(histories(40), (decisions) => {
      for (const purpose of PURPOSES) {
        const refused = standing(decisions, purpose).some(
          (decision) => (decision.choices[purpose] ?? decision.choices['*']) === 'denied',
        );
        if (refused) expect(stateOf(decisions, purpose)).toBe('denied');
        else expect(stateOf(decisions, purpose)).not.toBe('denied');
      }
    });
    fc.assert(property, tries(RUNS));
  });

  it('is granted after a grant that took the place of everything that stood', () => {
    const about = fc.subarray([...PURPOSES], { minLength: 1 });
    const property = fc.property(histories(40), about, (decisions, purposes) => {
      const after = [...decisions, answering(decisions, purposes, 'granted')];
      for (const purpose of purposes) expect(stateOf(after, purpose)).toBe('granted');
    });
    fc.assert(property, tries(RUNS));
  });

  it('stays denied beside a grant that had not seen the refusal', () => {
    const property = fc.property(histories(40), fc.constantFrom(...PURPOSES), (before, purpose) => {
      const refusal = { ...answering(before, [purpose], 'denied'), id: sampleDecision(NEW + 1).id };
      const grant = answering(before, [purpose], 'granted');
      for (const both of [
        [...before, refusal, grant],
        [grant, ...before, refusal],
      ]) {
        expect(stateOf(both, purpose)).toBe('denied');
      }
    });
    fc.assert(property, tries(RUNS));
  });

  it('is left as it was by what says nothing about it, whatever that claims to take the place of', () => {
    const kinds = fc.constantFrom('acknowledge', 'granted', 'denied');
    const property = fc.property(histories(40), kinds, (decisions, kind) => {
      const [spoken, ...others] = PURPOSES;
      const claimed = ASKED.map((purpose) => [purpose, decisions.map(({ id }) => id)]);
      const silent = sampleDecision(NEW, {
        action: kind === 'acknowledge' ? 'acknowledge' : 'save',
        choices:
          kind === 'acknowledge' ? {} : { [spoken]: kind === 'granted' ? 'granted' : 'denied' },
        supersedes: Object.fromEntries(claimed),
      });
      for (const purpose of others) {
        expect(headIds([...decisions, silent], purpose)).toEqual(headIds(decisions, purpose));
      }
      if (kind === 'acknowledge') {
        expect(headIds([...decisions, silent], spoken)).toEqual(headIds(decisions, spoken));
      }
    });
    fc.assert(property, tries(RUNS));
  });

  it('is denied after a withdrawal of everything, also for a purpose nobody has heard of', () => {
    const anyPurpose = fc.stringMatching(/^[a-z][a-z0-9-]{0,63}$/);
    const property = fc.property(histories(40), anyPurpose, (decisions, purpose) => {
      expect(purposeIdSchema.safeParse(purpose).success).toBe(true);
      const everything = sampleDecision(NEW, { action: 'withdraw', choices: { '*': 'denied' } });
      expect(speaksAbout(everything, purpose)).toBe(true);
      expect(stateOf([...decisions, everything], purpose)).toBe('denied');
      expect(stateOf([everything, ...decisions], purpose)).toBe('denied');
    });
    fc.assert(property, tries(RUNS));
  });

  it('opens one purpose again after a withdrawal of everything and leaves the others refused', () => {
    const property = fc.property(histories(30), fc.constantFrom(...PURPOSES), (before, opened) => {
      const everything = {
        ...answering(before, [...PURPOSES], 'denied'),
        id: sampleDecision(NEW + 1).id,
        choices: { '*': 'denied' as const },
      };
      const refused = [...before, everything];
      const after = [...refused, answering(refused, [opened], 'granted')];
      expect(stateOf(after, opened)).toBe('granted');
      for (const purpose of PURPOSES.filter((one) => one !== opened)) {
        expect(stateOf(after, purpose)).toBe('denied');
      }
    });
    fc.assert(property, tries(RUNS));
  });
});
