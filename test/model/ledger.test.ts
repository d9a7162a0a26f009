import fc from 'fast-check';
import { describe, it } from 'vitest';
import { plans } from '../support/client/ledger-plan.js';
import { holdsForHistory } from '../support/client/ledger-property.js';
import { tries } from '../support/client/property.js';
import { registerReplicas } from '../support/client/register-replica.js';
import { pureReplica } from '../support/client/replica.js';
import { runsOf } from '../support/counts.js';

/** The tables of the product take longer than its rules alone. */
const REGISTER_EVERY = 25;
const LIMIT = { timeout: 3_600_000 };

describe('any history of several devices, accounts, clocks, policies, erasures and backups', () => {
  it(
    'comes to the same bytes everywhere, loses no refusal, and opens nothing that is over',
    LIMIT,
    () => {
      const property = fc.property(plans(24), (plan) => {
        holdsForHistory(plan, () => pureReplica());
      });
      fc.assert(property, tries(runsOf('histories')));
    },
  );

  it('does so in the tables of the product, too', LIMIT, () => {
    const property = fc.property(plans(24), (plan) => {
      holdsForHistory(plan, registerReplicas());
    });
    fc.assert(property, tries(Math.ceil(runsOf('histories') / REGISTER_EVERY)));
  });
});
